import AllocationCounter
import Foundation

/// What a run of the benchmark comes to: the slowest, how time grows, and who allocates.
struct Summary {
  let rows: [MethodRow]
  /// The most nanoseconds that a draw may take.
  let limit = 100.0

  func printLines() {
    print("== summary")
    printSpeed()
    printSlopes()
    printAllocations()
  }

  private func printSpeed() {
    let all = rows.flatMap(\.measurements).filter { $0.draws > 0 }
    let drawn = all.filter { !$0.isLookedUp }.sorted { $0.nanosecondsPerDraw > $1.nanosecondsPerDraw }
    guard let slowest = drawn.first else { return }
    print("slowest: \(slowest.label) N=\(slowest.budget), \(number(slowest.nanosecondsPerDraw)) ns a draw")
    let above = drawn.filter { $0.nanosecondsPerDraw > limit }
    let names = above.map { "\($0.label) N=\($0.budget)" }.joined(separator: ", ")
    print("above \(Int(limit)) ns a draw: \(above.isEmpty ? "none" : names), of \(drawn.count) measured")
    for lookup in all where lookup.isLookedUp {
      print("\(lookup.label) N=\(lookup.budget) is looked up once a problem, \(number(lookup.nanosecondsPerRun)) ns")
    }
    let without = rows.filter { row in row.measurements.allSatisfy { $0.draws == 0 } }.map(\.label)
    if !without.isEmpty { print("no number: \(without.joined(separator: ", "))") }
  }

  /// The steepest growth.
  private func printSlopes() {
    let inDraws = rows.filter { $0.drawSlope > 0.5 }.max {
      $0.budgetSlope - $0.drawSlope < $1.budgetSlope - $1.drawSlope
    }
    if let inDraws {
      print(
        "steepest growth in draws: time of \(inDraws.label) as N^\(number(inDraws.budgetSlope, digits: 2)), "
          + "its draws as N^\(number(inDraws.drawSlope, digits: 2))")
    }
    for (name, slope) in [
      ("N", \MethodRow.budgetSlope), ("replicates", \.replicateSlope), ("problems", \.problemSlope),
    ] {
      let steepest = rows.filter { $0[keyPath: slope].isFinite }.max { $0[keyPath: slope] < $1[keyPath: slope] }
      guard let steepest else { continue }
      print("steepest growth: time of \(steepest.label) as \(name)^\(number(steepest[keyPath: slope], digits: 2))")
    }
  }

  private func printAllocations() {
    guard allocation_count() > 0 else {
      print("allocations: not counted on this system")
      return
    }
    let most = Dictionary(grouping: rows, by: \.method).mapValues { rows in
      rows.flatMap(\.measurements).map(\.allocations).max() ?? 0
    }
    let texts = most.sorted { $0.key < $1.key }.map { "\($0.key) \(number($0.value, digits: 2))" }
    print("allocations a run, the most at any policy and N: \(texts.joined(separator: ", "))")
  }

  private func number(_ value: Double, digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }
}
