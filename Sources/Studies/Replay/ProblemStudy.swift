import Estimation
import Replay
import Traces

/// All cells on one problem: the unit of work that threads share.
struct ProblemStudy: Sendable {
  /// What a cell came to at one budget.
  struct Result: Sendable {
    /// The outcome; without a success where there is none.
    var outcome: ProblemOutcome?
    /// Why there is no outcome.
    var absence: Absence?
    /// The success probability with policy `nearest` instead of `matched`; `nil` where nothing was compared.
    var nearest: Double?
  }

  let budgets: [Int]
  let replicates: Int
  let seed: UInt64
  /// Whether policy `nearest` is run beside `matched`.
  var comparesPolicies = false
  /// Asked before each cell; once true, the problem is given up.
  var isStopped: @Sendable () -> Bool = { false }

  /// Computes cells on a problem's record.
  ///
  /// - Parameters:
  ///   - cells: The cells.
  ///   - tree: The problem's recorded steps.
  ///   - models: The models of hidden states by column of scores.
  ///   - emptiness: What an empty tree means.
  /// - Returns: For each cell one result a budget; `nil` where the user stopped the study.
  /// - Throws: `ReplayError` where the record lacks what a cell reads.
  func results(
    of cells: [StudyCell], tree: TraceTree, models: [ScoreColumn: LatentStateModel],
    emptiness: Absence = .nothingRecorded
  ) throws(ReplayError) -> [[Result]]? {
    guard tree.nodeCount > 1 else {
      let nothing = Array(repeating: Result(absence: emptiness), count: budgets.count)
      return Array(repeating: nothing, count: cells.count)
    }
    var replay = ProblemReplay(tree: tree, models: models)
    let problem = tree.problem.key
    var results: [[Result]] = []
    for cell in cells {
      guard !isStopped() else { return nil }
      if let form = cell.method.closedForm {
        let pool = try replay.selectionPool(for: cell.method)
        let expectation = ClosedFormExpectation(
          form: form, pool: pool, readsScores: cell.readsScores,
          readsPrefixes: cell.method.aggregation.channel == .prefix)
        results.append(expectation.results(problem: problem, budgets: budgets))
      } else {
        let outcomes = try replay.evaluate(cell.method, budgets: budgets, replicates: replicates, seed: seed)
        results.append(outcomes.map { Result($0, problem: problem, of: cell) })
      }
    }
    if comparesPolicies { try comparePolicies(cells, &results, &replay) }
    return results
  }
}

extension ProblemStudy.Result {
  /// Averages a problem's replicates.
  ///
  /// A method that does not ask the scorer pays it nothing; one that chooses among complete rollouts has no open candidates.
  init(_ outcome: BudgetOutcome, problem: String, of cell: StudyCell) {
    if let absence = outcome.absence {
      self.absence = absence
      return
    }
    self.outcome = ProblemOutcome(
      problem: problem,
      success: Self.mean(outcome.right),
      expected: Self.mean(outcome.expected),
      coverage: outcome.coverage,
      refused: outcome.refused,
      generations: Self.mean(outcome.generations) ?? 0,
      tokens: Self.known(outcome.tokens),
      scorerCalls: Self.mean(outcome.scorerCalls) ?? 0,
      scorerTokens: cell.readsScores ? Self.known(outcome.scorerTokens) : 0,
      rules: Self.accuracies(outcome.rules),
      expansions: Self.mean(outcome.expansions).flatMap { $0 == 0 ? nil : $0 },
      openShare: cell.method.descriptor.source == .steps ? Self.mean(outcome.openShare) : nil)
  }

  private static func accuracies(_ rules: [AnswerRules]) -> RuleAccuracies? {
    guard !rules.isEmpty else { return nil }
    return RuleAccuracies(
      argmax: mean(rules.map(\.argmax)), sample: mean(rules.map(\.sample)), vote: mean(rules.map(\.vote)),
      weightedVote: mean(rules.map(\.weightedVote)))
  }

  /// The mean where every run's value is known.
  private static func known(_ values: [Double]) -> Double? {
    mean(values).flatMap { $0.isNaN ? nil : $0 }
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
