import Traces

extension ProblemReplay {
  /// Runs cells and notes which continuations they would have needed.
  ///
  /// A run stops at the first step that cannot be made, and all candidates that wait at that step count. Once what was
  /// missed is recorded, the same call comes further by a step at least: the draws up to there have the same law and,
  /// where no other run added to the same nodes, the same outcome.
  ///
  /// - Parameters:
  ///   - cells: What to run; cells that draw whole rollouts, or have another policy than `strict`, miss nothing.
  ///   - budgets: The budgets N.
  ///   - replicates: Runs at each budget.
  ///   - seed: The study's seed.
  /// - Throws: `ReplayError` where the record lacks what a cell reads.
  public mutating func misses(
    of cells: [MethodCell],
    budgets: [Int],
    replicates: Int,
    seed: UInt64
  ) throws(ReplayError) -> MissedContinuations {
    var missed = MissedContinuations()
    for cell in cells where cell.descriptor.source == .steps && cell.continuation == .strict {
      let runs = cell.method.isDeterministic ? 1 : replicates
      var engine = try takeEngine(for: cell, seed: seed)
      let key = streamKey(of: cell, seed: seed)
      for budget in budgets {
        switch absence(of: cell, budget: budget) {
        case nil:
          run(cell, budget: budget, replicates: runs, key: key, engine: &engine, missed: &missed)
        case .tooFewStarts(let recorded):
          missed.note(starts: budget - recorded, runs: runs)
        case .some(let absence): missed.note(absence, method: cell.descriptor.name, budget: budget)
        }
      }
      put(engine)
    }
    missed.finish()
    return missed
  }

  private mutating func run(
    _ cell: MethodCell,
    budget: Int,
    replicates: Int,
    key: RandomStream.Key,
    engine: inout ReplayEngine,
    missed: inout MissedContinuations
  ) {
    workspace.reserve(2 * max(budget, 1), classes: tree.classCount + 1)
    for replicate in 0..<replicates {
      engine.begin(stream: RandomStream(key, budget: budget, replicate: replicate), replicate: replicate)
      _ = cell.method.run(budget: budget, engine: &engine, workspace: &workspace)
      missed.runs += 1
      guard engine.tally.isRefused else { continue }
      missed.refused += 1
      missed.note(run: (0..<engine.missed.count).map { engine.missed[$0] })
    }
  }
}
