extension SubsetExpectation {
  /// majority@n (self-consistency): the probability that the right class has the most votes in a subset, for each
  /// budget.
  ///
  /// Classes that tie for the most votes share the win equally, as ties broken at random do. Rollouts without an answer
  /// vote for nothing; where nobody votes the answer is wrong. Wang et al., arXiv 2203.11171, states the rule; the
  /// closed form is over class counts (``PluralityVote``).
  /// - Complexity: at most about K n² log n multiplications a budget; far fewer for few classes.
  public static func majority(_ record: VoteRecord, budgets: [Int]) -> [Double?] {
    let total = record.total
    let vote = PluralityVote(
      right: [0, record.right], wrong: record.wrong.map { [0, $0] }, silent: [0, record.silent])
    return budgets.map { canDraw($0, from: total) ? vote.rightWins(drawing: [0, $0]) : nil }
  }
}
