import Foundation
import Traces

/// What a simulated generator recorded for one problem, hidden states kept beside it, so that any recorded step can be
/// continued later by its true law, as a generation server would continue it.
public struct SimulatedRecording: Sendable {
  /// The name of the simulated reward model.
  public static let scorer = "simulated"

  /// The generator.
  public let model: SimulatedModel
  /// The problem's number.
  public let problem: Int
  /// All that a store would hold.
  public private(set) var segments: RecordedSegments
  /// For each own step of every segment, in the order of `segments`, the path up to it.
  public private(set) var paths: [SimulatedPath] = []
  private var random: RandomStream
  private var usedKeys: UInt64 = 0
  private let keySeed: UInt64

  /// Creates an empty recording; its content is a function of model, problem and seed alone.
  public init(model: SimulatedModel, problem: Int, seed: UInt64) {
    self.model = model
    self.problem = problem
    let key = model.problem(problem).key
    random = RandomStream(
      RandomStream.Key(seed: seed, problem: key, method: "recording", settings: ""), budget: 0, replicate: 0)
    var hash = StableHash(seed: seed)
    hash.combine(key)
    keySeed = hash.value
    segments = RecordedSegments(
      columns: ScoreChannel.allCases.map { ScoreColumn(scorer: Self.scorer, channel: $0, scale: model.scale) },
      recordings: [Recording(name: "chains"), Recording(name: "continuations", sampling: .search)])
  }

  /// Records complete, independent chains from the prompt; all steps' texts are different.
  public mutating func addChains(_ count: Int) {
    for _ in 0..<count {
      let first = model.start(problem: problem, using: &random)
      add(completed(first), parent: -1, parentStep: 0, recording: 0)
    }
  }

  /// Records one more continuation, to the end, after a step of a segment's whole path; `afterStep` counts the steps
  /// that are kept, 0 for a continuation from the prompt.
  ///
  /// - Returns: The new segment's index.
  @discardableResult
  public mutating func addContinuation(ofSegment segment: Int, afterStep: Int) -> Int {
    var path: SimulatedPath
    if afterStep == 0 {
      path = model.start(problem: problem, using: &random)
    } else {
      path = self.path(ofSegment: segment, step: afterStep)
      model.advance(&path, problem: problem, using: &random)
    }
    add(
      completed(path), parent: afterStep == 0 ? -1 : Int32(segment), parentStep: Int32(afterStep),
      recording: afterStep == 0 ? 0 : 1)
    return segments.count - 1
  }

  /// The path after a number of steps of a segment's whole path.
  public func path(ofSegment segment: Int, step: Int) -> SimulatedPath {
    var segment = segment
    while step <= Int(segments.parentStep[segment]) { segment = Int(segments.parent[segment]) }
    return paths[segments.firstStep[segment] + step - Int(segments.parentStep[segment]) - 1]
  }

  /// The recorded steps as replay sees them.
  public func tree(mergePrefixes: Bool = true) throws(TraceTreeError) -> TraceTree {
    try TraceTree(problem: model.problem(problem), segments: segments, mergePrefixes: mergePrefixes)
  }

  private mutating func completed(_ first: SimulatedPath) -> [SimulatedPath] {
    var steps = [first]
    var path = first
    while !path.isOver {
      model.advance(&path, problem: problem, using: &random)
      steps.append(path)
    }
    return steps
  }

  private mutating func add(_ steps: [SimulatedPath], parent: Int32, parentStep: Int32, recording: Int32) {
    let answer: Int32 = steps.last?.isRight == true ? 0 : 1
    segments.append(
      .init(parent: parent, parentStep: parentStep, finish: .stop, answerClass: answer, recording: recording),
      keys: steps.map { _ in nextKey() },
      tokens: steps.map { _ in 10 },
      logProbabilities: steps.map { log($0.last) },
      scores: [steps.map { recorded($0.last) }, steps.map { recorded($0.prefixScore) }])
    paths.append(contentsOf: steps)
  }

  /// A probability on the scale of the record.
  private func recorded(_ score: Double) -> Double {
    model.scale == .probability ? score : log(score / (1 - score))
  }

  private mutating func nextKey() -> UInt64 {
    usedKeys += 1
    var hash = StableHash(seed: keySeed)
    hash.combine(usedKeys)
    return hash.value
  }
}

extension SimulatedModel {
  /// Independent chains of one problem.
  public func recording(problem: Int, chains: Int, seed: UInt64) -> SimulatedRecording {
    var recording = SimulatedRecording(model: self, problem: problem, seed: seed)
    recording.addChains(chains)
    return recording
  }
}
