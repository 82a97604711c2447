import Foundation
import Traces

/// A step of a world: its state, and its score on the logit scale.
struct LatentStep: BitwiseCopyable, Sendable {
  var state: Int
  var level: Double
}

/// A fitted model of hidden states taken as a generator: what one problem's record would be if the model were true.
///
/// In this world both sides of a replay can be had: what a method reaches with fresh draws (`generator`), and what replay
/// makes of recordings of the size and shape of the real one (`recording`). Their difference is the bias to expect from
/// the record's limits. States, scores and outcomes follow the model; how long a path is follows the recorded lengths,
/// whatever its state; equal texts do not occur.
public struct LatentWorld: Sendable {
  /// The problem.
  public let problem: Problem
  /// The column of scores that the world has; it has no other.
  public let column: ScoreColumn
  let model: LatentStateModel
  /// What the world's recordings have the shape of.
  let shape: RecordedSegments
  /// For each depth, counted from 1, the probability that a step drawn there is the last.
  let endings: [Double]
  private let startLaw: [Double]
  private let offset: Double
  /// The classes of recorded answers that are not right, -1 for none, as often as they occur.
  private let wrongClasses: [Int32]

  /// Takes a model as the generator of a problem.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - segments: Its record.
  ///   - column: The column of scores that the model was fitted to.
  ///   - model: The model.
  public init(problem: Problem, segments: RecordedSegments, column: ScoreColumn, model: LatentStateModel) {
    self.problem = problem
    self.column = column
    self.model = model
    shape = segments
    endings = Self.endings(of: segments)
    startLaw = model.startByProblem[ExactText(problem.key)] ?? model.start
    offset = model.offsetByProblem[ExactText(problem.key)] ?? 0
    let wrong = (0..<segments.count).filter { segments.finish[$0] != .open && segments.answerClass[$0] != 0 }
    wrongClasses = wrong.isEmpty ? [1] : wrong.map { segments.answerClass[$0] }
  }

  /// The share of the steps drawn at each depth after which a rollout was over; 1 at the deepest.
  private static func endings(of segments: RecordedSegments) -> [Double] {
    var drawn: [Int] = []
    var ended: [Int] = []
    for segment in 0..<segments.count {
      let first = Int(segments.parentStep[segment])
      let end = first + segments.steps(of: segment).count
      while drawn.count < end {
        drawn.append(0)
        ended.append(0)
      }
      for depth in first..<end { drawn[depth] += 1 }
      if segments.finish[segment] != .open, end > 0 { ended[end - 1] += 1 }
    }
    var shares = zip(ended, drawn).map { $1 == 0 ? 0 : Double($0) / Double($1) }
    if let last = shares.indices.last { shares[last] = 1 }
    return shares
  }

  /// The stream of one recording or generator.
  func stream(_ purpose: String, seed: UInt64, number: Int) -> RandomStream {
    let key = RandomStream.Key(
      seed: seed, problem: problem.key, method: purpose, settings: column.scorer + "/" + column.channel.rawValue)
    return RandomStream(key, budget: 0, replicate: number)
  }

  /// The state after a state, or at the first step.
  private func drawState(after state: Int?, using stream: inout RandomStream) -> Int {
    let states = model.stateCount
    return stream.index(below: states) { next in
      state.map { model.transition[$0 * states + next] } ?? startLaw[next]
    }
  }

  /// The next step of a path.
  ///
  /// - Parameters:
  ///   - last: The path's last step; `nil` at the prompt.
  ///   - step: The number of the step, from 1.
  func drawStep(after last: LatentStep?, step: Int, using stream: inout RandomStream) -> LatentStep {
    let state = drawState(after: last?.state, using: &stream)
    let innovation = drawInnovation(in: state, using: &stream)
    return LatentStep(
      state: state, level: model.dynamics.value(after: last?.level ?? 0, innovation: innovation, step: step))
  }

  /// What is new in the score of a step in a state, on the logit scale.
  private func drawInnovation(in state: Int, using stream: inout RandomStream) -> Double {
    let radius = (-2 * log(1 - stream.uniform())).squareRoot()
    let normal = radius * cos(2 * .pi * stream.uniform())
    let standardised = model.mean[state] + offset + model.variance[state].squareRoot() * normal
    return model.centre + model.spread * standardised
  }

  /// The score of a step as the scorer would give it.
  func score(of step: LatentStep) -> Double {
    column.scale == .probability ? 1 / (1 + exp(-step.level)) : step.level
  }

  /// The class of the answer of a path whose last step is in a state.
  func drawAnswer(in state: Int, using stream: inout RandomStream) -> Int32 {
    if stream.uniform() < model.rightProbability[state] { return 0 }
    return wrongClasses[stream.below(wrongClasses.count)]
  }
}
