import Foundation
import Traces

/// Recorded chains as long free text gives them, all texts different: a hidden state that drifts, scores that show it
/// imperfectly, and the log-probabilities of the steps.
struct SyntheticRecord: Hashable {
  /// One run of the generator and its number of rollouts.
  struct Run: Hashable {
    var temperature: Double
    var rollouts: Int
  }

  var runs = [Run(temperature: 0.8, rollouts: 256)]
  var scorers = ["prm"]
  var steps = 12

  /// What most methods are measured on.
  static let single = SyntheticRecord()
  /// The same beside a greedy rollout.
  static let greedy = SyntheticRecord(runs: [Run(temperature: 0.8, rollouts: 256), Run(temperature: 0, rollouts: 1)])
  /// The same number of rollouts at two temperatures, judged by two scorers.
  static let several = SyntheticRecord(
    runs: [Run(temperature: 0.8, rollouts: 128), Run(temperature: 0.4, rollouts: 128)], scorers: ["prm", "second"])

  /// The record that a method can be measured on.
  static func record(for method: String) -> SyntheticRecord {
    switch method {
    case "greedy": greedy
    case "multiTemperature", "ensemble": several
    default: single
    }
  }

  /// The tree of one problem; always the same for the same number.
  func tree(_ problem: Int) throws -> TraceTree {
    var stream = RandomStream(
      .init(seed: 7, problem: "p\(problem)", method: "", settings: ""), budget: 0, replicate: 0)
    var segments = RecordedSegments(
      columns: scorers.map { ScoreColumn(scorer: $0, channel: .step) },
      recordings: runs.map { Recording(name: "t\($0.temperature)", temperature: $0.temperature) })
    var key: UInt64 = 0
    for (recording, run) in runs.enumerated() {
      for _ in 0..<run.rollouts {
        append(to: &segments, recording: recording, firstKey: key, stream: &stream)
        key += UInt64(steps)
      }
    }
    return try TraceTree(problem: Problem(key: "p\(problem)"), segments: segments)
  }

  private func append(
    to segments: inout RecordedSegments,
    recording: Int,
    firstKey: UInt64,
    stream: inout RandomStream
  ) {
    var state = stream.uniform() < 0.4 ? 1.0 : -1.0
    var scores = [[Double]](repeating: [], count: scorers.count)
    var logProbabilities: [Double] = []
    for _ in 0..<steps {
      if stream.uniform() < 0.1 { state = -state }
      for scorer in scores.indices {
        scores[scorer].append(1 / (1 + exp(-state - 2 * (stream.uniform() + stream.uniform() - 1))))
      }
      logProbabilities.append(-4 * stream.uniform())
    }
    let answer: Int32 = state > 0 ? 0 : Int32(1 + stream.below(5))
    segments.append(
      .init(answerClass: answer, recording: Int32(recording)), keys: (0..<steps).map { firstKey + UInt64($0) },
      tokens: Array(repeating: 40, count: steps), logProbabilities: logProbabilities, scores: scores)
  }
}
