import Foundation
import Traces

@testable import Replay

/// A recorded rollout of a tiny tree: steps as (text key, score), an answer class, and how often it was drawn.
struct TestRollout {
  var steps: [(key: UInt64, score: Double)]
  var answer: Int32
  var times = 1
  var finish = Finish.stop

  init(_ steps: [(UInt64, Double)], answer: Int32, times: Int = 1, finish: Finish = .stop) {
    self.steps = steps.map { (key: $0.0, score: $0.1) }
    self.answer = answer
    self.times = times
    self.finish = finish
  }
}

enum TestTree {
  /// A tree of rollouts; step and prefix channels both hold the given scores.
  static func make(
    _ rollouts: [TestRollout],
    key: String = "p",
    merge: Bool = true,
    scale: ScoreScale = .probability,
    prefixChannel: Bool = false
  ) throws -> TraceTree {
    var columns = [ScoreColumn(scorer: "prm", channel: .step, scale: scale)]
    if prefixChannel { columns.append(ScoreColumn(scorer: "prm", channel: .prefix, scale: scale)) }
    var segments = RecordedSegments(columns: columns, recordings: [Recording(name: "test")])
    for rollout in rollouts {
      for _ in 0..<rollout.times {
        segments.append(
          .init(finish: rollout.finish, answerClass: rollout.answer), keys: rollout.steps.map(\.key),
          tokens: rollout.steps.map { _ in 10 }, logProbabilities: rollout.steps.map { _ in -1 },
          scores: Array(repeating: rollout.steps.map(\.score), count: columns.count))
      }
    }
    return try TraceTree(problem: Problem(key: key), segments: segments, mergePrefixes: merge)
  }

  /// Chains of random scores; the answer depends on the last score.
  static func chains(_ count: Int, steps: Int, seed: UInt64 = 3, key: String = "p") throws -> TraceTree {
    var stream = RandomStream(
      .init(seed: seed, problem: key, method: "chains", settings: ""), budget: 0, replicate: 0)
    let rollouts = (0..<count).map { rollout in
      let path = (0..<steps).map { (UInt64(rollout * steps + $0), stream.uniform()) }
      let last = path.last?.1 ?? 0
      return TestRollout(path, answer: last > stream.uniform() ? 0 : Int32(1 + stream.below(3)))
    }
    return try make(rollouts, key: key)
  }
}

extension TraceTree {
  /// Models of hidden states that know nothing: every prefix may replace every other of its depth.
  var stateModels: [ScoreColumn: LatentStateModel] {
    Dictionary(columns.map { ($0, LatentStateModel.trivial()) }) { first, _ in first }
  }

  /// The outcomes of a cell on this tree.
  func outcomes(
    _ method: String,
    budgets: [Int],
    replicates: Int = 1,
    preset: String? = nil,
    aggregation: Aggregation = .last,
    options: [String: String] = [:],
    continuation: ContinuationPolicy = .nearest,
    seed: UInt64 = 1
  ) throws -> [BudgetOutcome] {
    let cell = try MethodCell(
      method: method, preset: preset, aggregation: aggregation, options: options, continuation: continuation)
    var replay = ProblemReplay(tree: self, models: stateModels)
    return try replay.evaluate(cell, budgets: budgets, replicates: replicates, seed: seed)
  }
}

/// Sums and bounds for tests of laws with fixed seeds.
enum Law {
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Whether a mean of 0/1 outcomes is within 4 standard errors of a probability.
  static func agrees(_ mean: Double, with probability: Double, runs: Int) -> Bool {
    abs(mean - probability) <= 4 * (probability * (1 - probability) / Double(runs)).squareRoot() + 1e-12
  }
}
