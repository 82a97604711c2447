import Traces

extension ProblemReplay {
  /// Runs one replicate and notes every step.
  ///
  /// - Parameters:
  ///   - cell: What to run; methods that draw complete rollouts have no steps to show.
  ///   - budget: The budget.
  ///   - replicate: The replicate, counted from 0: the same run as `evaluate` makes.
  ///   - seed: The study's seed.
  /// - Returns: The run; `nil` where the budget cannot run.
  /// - Throws: `ReplayError` where the record lacks what the cell reads.
  public mutating func trace(
    _ cell: MethodCell,
    budget: Int,
    replicate: Int = 0,
    seed: UInt64
  ) throws(ReplayError) -> RunTrace? {
    guard absence(of: cell, budget: budget) == nil else { return nil }
    var engine = try makeEngine(for: cell, seed: seed, keepsHistory: true)
    let outcome = note(cell, budget: budget, replicate: replicate, seed: seed, engine: &engine)
    return RunTrace(
      steps: members(of: engine), right: engine.tally.isRefused ? nil : outcome.right,
      coverage: engine.tally.coverage)
  }

  /// The continuations that the runs of a cell lacked: under policy `strict` those that the next round of recording must
  /// bring, since a run stops at the first step that lacks one.
  ///
  /// - Returns: The nodes in ascending order, each with the most that one run lacked.
  /// - Throws: `ReplayError` where the record lacks what the cell reads.
  public mutating func missingContinuations(
    _ cell: MethodCell,
    budgets: [Int],
    replicates: Int,
    seed: UInt64
  ) throws(ReplayError) -> [MissingContinuation] {
    var engine = try makeEngine(for: cell, seed: seed, keepsHistory: cell.method.keepsHistory)
    var most: [Int32: Int] = [:]
    for budget in budgets where absence(of: cell, budget: budget) == nil {
      for replicate in 0..<replicates {
        _ = note(cell, budget: budget, replicate: replicate, seed: seed, engine: &engine)
        var lacking: [Int32: Int] = [:]
        for node in engine.notes?.lacking ?? [] { lacking[node, default: 0] += 1 }
        most.merge(lacking) { max($0, $1) }
      }
    }
    return most.sorted { $0.key < $1.key }.map { MissingContinuation(node: Int($0.key), draws: $0.value) }
  }

  private mutating func note(
    _ cell: MethodCell,
    budget: Int,
    replicate: Int,
    seed: UInt64,
    engine: inout ReplayEngine
  ) -> RunOutcome {
    let key = RandomStream.Key(
      seed: seed, problem: tree.problem.key, method: cell.descriptor.name, settings: cell.canonicalText)
    workspace.reserve(2 * max(budget, 1), classes: tree.classCount + 1)
    engine.begin(stream: RandomStream(key, budget: budget, replicate: replicate), replicate: replicate)
    engine.notes = RunNotes()
    return cell.method.run(budget: budget, engine: &engine, workspace: &workspace)
  }

  private func members(of engine: borrowing ReplayEngine) -> [[RunTrace.Member]] {
    let canBeRight = nodesThatCanBeRight()
    var steps: [[RunTrace.Member]] = []
    var positions: [Int32: Int] = [:]
    for level in engine.notes?.levels ?? [] {
      steps.append(
        level.map { candidate in
          // A finished candidate has not moved: it is its own ancestor.
          let parent = engine.history.parent[Int(candidate.entry)]
          return RunTrace.Member(
            node: Int(candidate.node), score: candidate.score,
            ancestor: positions[candidate.entry] ?? positions[parent], isFinished: engine.isFinished(candidate),
            isRight: engine.isRight(candidate), canBeRight: canBeRight[Int(candidate.node)])
        })
      positions = Dictionary(level.enumerated().map { ($0.element.entry, $0.offset) }) { first, _ in first }
    }
    return steps
  }

  private func nodesThatCanBeRight() -> [Bool] {
    var can = (0..<tree.nodeCount).map { tree.answerClass[$0] == 0 }
    for node in stride(from: tree.nodeCount - 1, to: 0, by: -1) where can[node] { can[Int(tree.parent[node])] = true }
    return can
  }
}
