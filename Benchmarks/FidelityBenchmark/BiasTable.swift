import Foundation
import Replay
import SimulatedModels
import Traces

/// Biases by policy over several recordings of one generator.
struct BiasTable {
  let name: String
  let search: OnlineSearch
  let aggregation: Aggregation
  let budgets: [Int]
  let replicates: Int
  let policies: [ContinuationPolicy]
  var scorer = SimulatedRecording.scorer

  private var biases: [[[Double]]]
  private var shares: [Double]
  private let truths: [OnlineTruth]

  /// A table of one method with one aggregation, against the online accuracy at each budget.
  init(
    _ name: String, _ search: OnlineSearch, _ aggregation: Aggregation, budgets: [Int], truths: [OnlineTruth],
    policies: [ContinuationPolicy], replicates: Int
  ) {
    self.name = name
    self.search = search
    self.aggregation = aggregation
    self.budgets = budgets
    self.truths = truths
    self.policies = policies
    self.replicates = replicates
    biases = Array(repeating: Array(repeating: [], count: budgets.count), count: policies.count)
    shares = Array(repeating: 0, count: budgets.count)
  }

  /// Adds what one recording gives.
  mutating func add(_ record: SimulatedRecord) throws {
    for (index, policy) in policies.enumerated() {
      let cell = try MethodCell(
        method: search.rawValue, aggregation: aggregation, scorer: scorer, continuation: policy)
      let found = try record.accuracies(cell, budgets: budgets, replicates: replicates)
      for (budget, (accuracy, coverage)) in found.enumerated() {
        biases[index][budget].append(100 * (accuracy - truths[budget].accuracy))
        if policy == .matched { shares[budget] += Double(coverage.shared) / Double(max(coverage.total, 1)) }
      }
    }
  }

  /// A row a budget: the online accuracy, each policy's bias with its 95 % interval, and the share of repeated draws.
  func print() {
    for (index, budget) in budgets.enumerated() {
      let error = 100 * truths[index].standardError
      let cells = policies.indices.map { Self.interval(biases[$0][index], truthError: error) }
      let share = 100 * shares[index] / Double(max(biases[0][index].count, 1))
      let row =
        [name, search.rawValue, aggregation.name, "\(budget)", String(format: "%.1f", 100 * truths[index].accuracy)]
        + cells
        + [String(format: "%.1f", share)]
      Swift.print("| " + row.joined(separator: " | ") + " |")
    }
  }

  /// The biases with their intervals, budget after budget, of the first policy.
  var cells: [String] {
    budgets.indices.map { Self.interval(biases[0][$0], truthError: 100 * truths[$0].standardError) }
  }

  /// The mean and the half-width of its 95 % interval over recordings (Student's t), the truth's error included.
  static func interval(_ values: [Double], truthError: Double) -> String {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
    let half = Self.quantile(values.count - 1) * (variance / count + truthError * truthError).squareRoot()
    return String(format: "%+.1f ± %.1f", mean, half)
  }

  /// The 97.5 % quantile of Student's t.
  private static func quantile(_ freedom: Int) -> Double {
    let table = [
      12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10, 2.09,
    ]
    return freedom < 1 ? .nan : freedom <= table.count ? table[freedom - 1] : 2.05
  }
}
