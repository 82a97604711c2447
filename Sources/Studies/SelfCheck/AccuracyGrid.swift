/// Accuracies by cell, budget and problem, averaged over recordings.
struct AccuracyGrid: Sendable {
  private let budgets: Int
  private let problems: Int
  private var sums: [Double]
  private var counts: [Int]

  init(cells: Int, budgets: Int, problems: Int) {
    self.budgets = budgets
    self.problems = problems
    sums = Array(repeating: 0, count: cells * budgets * problems)
    counts = Array(repeating: 0, count: cells * budgets * problems)
  }

  /// Adds a problem's accuracies, by cell and budget; `nil` where there is none.
  mutating func add(_ accuracies: [[Double?]], problem: Int) {
    for (cell, row) in accuracies.enumerated() {
      for (budget, accuracy) in row.enumerated() {
        guard let accuracy else { continue }
        let place = (cell * budgets + budget) * problems + problem
        sums[place] += accuracy
        counts[place] += 1
      }
    }
  }

  /// The mean of each problem that has one, by its place.
  func means(cell: Int, budget: Int) -> [Int: Double] {
    let first = (cell * budgets + budget) * problems
    var means: [Int: Double] = [:]
    for problem in 0..<problems where counts[first + problem] > 0 {
      means[problem] = sums[first + problem] / Double(counts[first + problem])
    }
    return means
  }
}
