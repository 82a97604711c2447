import Traces

extension LatentWorld {
  /// Runs cells online in this world: every continuation is drawn afresh from the model.
  ///
  /// Each result depends on its cell and budget, never on what else is computed.
  ///
  /// - Parameters:
  ///   - cells: Cells that draw steps and read the world's column; their continuation policies mean nothing here.
  ///   - budgets: The budgets N.
  ///   - seed: The study's seed.
  /// - Returns: For each cell and budget the share of right answers, 0...1; `nil` where the cell cannot run, and for
  ///   cells that look ahead, since a fresh draw has no recorded successors.
  /// - Throws: `ReplayError` where a cell reads what the world does not have; `TraceTreeError` where the record is no
  ///   tree.
  public func onlineAccuracies(of cells: [MethodCell], budgets: [Int], seed: UInt64) throws -> [[Double?]] {
    let online = try cells.map { try $0.following(.matched) }
    var sums = cells.map { _ in [Double](repeating: 0, count: budgets.count) }
    var runs = cells.map { _ in [Int](repeating: 0, count: budgets.count) }
    for (draws, positions) in Dictionary(grouping: budgets.indices, by: { Self.draws(for: budgets[$0]) }) {
      for number in 0..<Self.generators {
        let generator = try LatentGenerator(self, draws: draws, number: number, seed: seed)
        var replay = ProblemReplay(generator: generator, column: column, model: model)
        for (index, cell) in online.enumerated() {
          let outcomes = try replay.evaluate(
            cell, budgets: positions.map { budgets[$0] }, replicates: Self.runs, seed: seed &+ UInt64(number))
          for (position, outcome) in zip(positions, outcomes) where !cell.looksAhead {
            sums[index][position] += outcome.right.reduce(0, +)
            runs[index][position] += outcome.runs
          }
        }
      }
    }
    return zip(sums, runs).map { zip($0, $1).map { $1 == 0 ? nil : $0 / Double($1) } }
  }

  /// The number of generators drawn; each has noise of its own.
  static let generators = 4
  /// Runs on each generator.
  static let runs = 24
  /// The runs of a problem.
  public static var onlineRuns: Int { generators * runs }

  /// The continuations of each depth and state: four times what one pass of a search with a budget draws at a depth.
  static func draws(for budget: Int) -> Int { max(256, 4 * budget) }
}
