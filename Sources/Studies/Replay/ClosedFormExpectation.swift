import Estimation
import Replay
import Traces

/// Expectations over all subsets of a problem's rollouts: exact, so without replicates.
struct ClosedFormExpectation {
  let form: ClosedForm
  let pool: SelectionPool
  /// Whether the method asks the scorer.
  let readsScores: Bool
  /// Whether the scorer judges the whole answer as one block, not step by step: once a rollout then.
  var readsPrefixes = false

  /// One result a budget; budgets above the number of rollouts have none.
  func results(problem: String, budgets: [Int]) -> [ProblemStudy.Result] {
    zip(budgets, successes(at: budgets)).map { budget, success in
      var result = ProblemStudy.Result()
      guard let success else {
        result.absence = .tooFewRollouts(recorded: pool.count)
        return result
      }
      // A subset's expected sum of costs is its size times the mean cost of a rollout.
      let tokens = mean(pool.tokens) * Double(budget)
      let judgements = readsPrefixes ? 1 : mean(pool.steps.map { Double($0) })
      result.outcome = ProblemOutcome(
        problem: problem,
        success: success,
        coverage: Coverage(recorded: budget),
        generations: Double(budget),
        tokens: tokens.isNaN ? nil : tokens,
        scorerCalls: readsScores ? judgements * Double(budget) : 0,
        scorerTokens: readsScores ? (tokens.isNaN ? nil : tokens) : 0)
      return result
    }
  }

  private func successes(at budgets: [Int]) -> [Double?] {
    let classes = pool.answerClass.map { Int($0) }
    switch form {
    case .pass:
      return budgets.map { SubsetExpectation.passAtN(right: pool.rightCount, total: pool.count, drawing: $0) }
    case .first:
      let share = SubsetExpectation.first(right: pool.rightCount, total: pool.count)
      return budgets.map { $0 <= pool.count ? share : nil }
    case .bestOfN:
      return SubsetExpectation.bestOfN(scores: pool.rank, isRight: classes.map { $0 == 0 }, budgets: budgets)
    case .majority:
      return SubsetExpectation.majority(VoteRecord(classes: classes, rightClass: 0), budgets: budgets)
    case .shortest:
      return SubsetExpectation.firstFinish(
        lengths: pool.tokens.map { Int($0) }, classes: classes, rightClass: 0, budgets: budgets)
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}
