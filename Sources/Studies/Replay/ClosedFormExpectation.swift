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

  /// What a budget is expected to reach and to spend.
  private struct Expectation {
    var success: Double
    /// Rollouts begun.
    var draws: Double
    /// NaN where tokens are unknown.
    var tokens: Double
    /// What the scorer would be asked.
    var judgements: Double
  }

  /// One result a budget; budgets above the number of rollouts have none.
  func results(problem: String, budgets: [Int]) -> [ProblemStudy.Result] {
    zip(budgets, expectations(at: budgets)).map { budget, expectation in
      var result = ProblemStudy.Result()
      guard let expectation else {
        result.absence = .tooFewRollouts(recorded: pool.count)
        return result
      }
      let tokens = expectation.tokens.isNaN ? nil : expectation.tokens
      result.outcome = ProblemOutcome(
        problem: problem,
        success: expectation.success,
        coverage: Coverage(recorded: budget),
        generations: expectation.draws,
        tokens: tokens,
        scorerCalls: readsScores ? expectation.judgements : 0,
        scorerTokens: readsScores ? tokens : 0)
      return result
    }
  }

  private func expectations(at budgets: [Int]) -> [Expectation?] {
    switch form {
    case .firstAbove(let threshold): return stopped(above: threshold, budgets)
    case .shortest(let voters):
      let tokens = SubsetExpectation.firstFinishCost(lengths: pool.tokens, voters: voters, budgets: budgets)
      return zip(whole(budgets), tokens).map { whole, tokens in
        var expectation = whole
        expectation?.tokens = tokens ?? .nan
        return expectation
      }
    default: return whole(budgets)
    }
  }

  /// Rules that look at whole rollouts: a subset's expected sum of costs is its size times the mean cost of a rollout.
  private func whole(_ budgets: [Int]) -> [Expectation?] {
    let tokens = mean(pool.tokens)
    let judgements = mean(judgementsByRollout)
    return zip(budgets, successes(at: budgets)).map { budget, success in
      // pass@1 draws one rollout whatever the budget.
      let draws = Double(form == .first ? 1 : budget)
      return success.map {
        Expectation(success: $0, draws: draws, tokens: tokens * draws, judgements: judgements * draws)
      }
    }
  }

  private func stopped(above threshold: Double, _ budgets: [Int]) -> [Expectation?] {
    func expectations(_ costs: [Double]) -> [StoppedExpectation?] {
      SubsetExpectation.adaptiveBestOfN(
        scores: pool.rank, isRight: pool.answerClass.map { $0 == 0 }, isEnough: pool.score.map { $0 > threshold },
        costs: costs, budgets: budgets)
    }
    return zip(expectations(pool.tokens), expectations(judgementsByRollout)).map { tokens, judgements in
      guard let tokens, let judgements else { return nil }
      return Expectation(
        success: tokens.success, draws: tokens.draws, tokens: tokens.cost, judgements: judgements.cost)
    }
  }

  private var judgementsByRollout: [Double] { pool.steps.map { readsPrefixes ? 1 : Double($0) } }

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
    case .shortest(let voters):
      return SubsetExpectation.firstFinish(
        lengths: pool.tokens.map { Int($0) }, classes: classes, rightClass: 0, voters: voters, budgets: budgets)
    case .firstAbove(let threshold): return stopped(above: threshold, budgets).map { $0?.success }
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}
