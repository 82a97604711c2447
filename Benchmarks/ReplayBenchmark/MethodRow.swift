import Foundation
import Replay

/// A method with a policy at all budgets, and how its time grows.
struct MethodRow {
  let method: String
  let label: String
  let measurements: [Measurement]
  /// The exponents of N, of replicates and of problems in the time of the runs; 1 is linear.
  let budgetSlope: Double
  /// The exponent of N in the number of draws: it is not 1 where a method ends early, or keeps paths from run to run.
  let drawSlope: Double
  let replicateSlope: Double
  let problemSlope: Double

  static let budgets = [4, 16, 64]

  init(_ method: String, label: String, cell: MethodCell, problems: Problems, replicates: Int) throws {
    self.method = method
    self.label = label
    let count = problems.trees.count
    measurements = try Self.budgets.map {
      try Measurement(label, cell, problems: problems, count: count, budget: $0, replicates: replicates)
    }
    let quarter = max(1, count / 4)
    let more = try Measurement(
      label, cell, problems: problems, count: quarter, budget: Self.budgets[1], replicates: 4 * replicates)
    let middle = measurements[1]
    let few = middle.running.prefix(quarter).reduce(0, +)
    budgetSlope = log(measurements[2].total / middle.total) / log(4)
    drawSlope = log(Double(max(1, measurements[2].draws)) / Double(max(1, middle.draws))) / log(4)
    replicateSlope = log(more.total / few) / log(4)
    problemSlope = count > quarter ? log(middle.total / few) / log(Double(count) / Double(quarter)) : .nan
  }

  func printLines() {
    for measurement in measurements { print(measurement.line) }
    print(
      "\(label): time grows as N^\(format(budgetSlope)), draws as N^\(format(drawSlope)); "
        + "time as replicates^\(format(replicateSlope)), problems^\(format(problemSlope))")
  }

  private func format(_ slope: Double) -> String { String(format: "%.2f", slope) }
}

extension Measurement {
  var line: String {
    guard draws > 0 else { return "\(label) N=\(budget): no number on these recordings" }
    let nanoseconds = String(format: "%6.1f", nanosecondsPerDraw)
    let milliseconds = String(format: "%.2f", preparation * 1e3 / Double(running.count))
    let recorded = String(format: "%.2f", coverage.recordedShare)
    return "\(label) N=\(budget): \(nanoseconds) ns a draw (\(draws) draws, \(recorded) recorded), "
      + "\(allocationText) allocations a run, \(milliseconds) ms a problem before"
  }

  private var allocationText: String { String(format: "%.2f", allocations) }
}
