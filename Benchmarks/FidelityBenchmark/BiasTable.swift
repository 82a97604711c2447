import Foundation
import Replay
import SimulatedModels
import Traces

/// Biases by policy over several recordings of one model.
struct BiasTable {
  let name: String
  let model: SimulatedModel
  let search: OnlineSearch
  let aggregation: Aggregation
  let budgets: [Int]
  let chains: Int
  let replicates: Int
  static let policies: [ContinuationPolicy] = [.matched, .nearest, .shared]

  private var biases: [[[Double]]]
  private var shares: [Double]
  private var truths: [Double] = []

  init(
    _ name: String, _ model: SimulatedModel, _ search: OnlineSearch, _ aggregation: Aggregation, budgets: [Int],
    chains: Int, replicates: Int
  ) throws {
    self.name = name
    self.model = model
    self.search = search
    self.aggregation = aggregation
    self.budgets = budgets
    self.chains = chains
    self.replicates = replicates
    biases = Array(repeating: Array(repeating: [], count: budgets.count), count: Self.policies.count)
    shares = Array(repeating: 0, count: budgets.count)
    truths = try budgets.map { try OnlineTruth(search, model: model, budget: $0, aggregation: aggregation).accuracy }
  }

  /// Adds what one recording gives.
  mutating func add(_ record: SimulatedRecord) throws {
    for (index, policy) in Self.policies.enumerated() {
      let cell = try MethodCell(
        method: search.rawValue, aggregation: aggregation, scorer: SimulatedRecording.scorer, continuation: policy)
      let found = try record.accuracies(cell, budgets: budgets, replicates: replicates)
      for (budget, (accuracy, coverage)) in found.enumerated() {
        biases[index][budget].append(100 * (accuracy - truths[budget]))
        if policy == .matched { shares[budget] += Double(coverage.shared) / Double(max(coverage.total, 1)) }
      }
    }
  }

  /// A row a budget: the online accuracy, each policy's bias with its 95 % interval, and the share of repeated draws.
  func print() {
    for (index, budget) in budgets.enumerated() {
      let cells = Self.policies.indices.map { Self.interval(biases[$0][index]) }
      let share = 100 * shares[index] / Double(max(biases[0][index].count, 1))
      let row =
        [name, search.rawValue, aggregation.name, "\(budget)", String(format: "%.1f", 100 * truths[index])] + cells
        + [String(format: "%.1f", share)]
      Swift.print("| " + row.joined(separator: " | ") + " |")
    }
  }

  /// The mean and the half-width of its 95 % interval over recordings (Student's t).
  static func interval(_ values: [Double]) -> String {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
    let half = Self.quantile(values.count - 1) * (variance / count).squareRoot()
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
