/// What a rule that may stop early is expected to reach and to spend on one problem.
public struct StoppedExpectation: Hashable, Sendable {
  /// The probability of a right answer, 0...1.
  public var success: Double
  /// The mean number of rollouts drawn, 1...n.
  public var draws: Double
  /// The mean of their summed costs, in the unit of the costs given (tokens).
  public var cost: Double
}

extension SubsetExpectation {
  /// Best-of-n that stops at the first score above a threshold; after n draws without one the highest score answers.
  ///
  /// Let a of the K rollouts lie above the threshold. Some of n draws does with probability 1 - C(K - a, n) / C(K, n),
  /// and the one that stops the run is then any of the a alike; otherwise the run is best-of-n over the other K - a.
  /// - Parameters:
  ///   - scores: one aggregated score a rollout; NaN is never above the threshold.
  ///   - isRight: one verdict a rollout.
  ///   - costs: one cost a rollout (its tokens).
  ///   - threshold: a score strictly above it stops the run.
  ///   - budgets: the n of each result.
  /// - Complexity: O(K log K + K x budgets).
  public static func adaptiveBestOfN(
    scores: [Double],
    isRight: [Bool],
    costs: [Double],
    threshold: Double,
    budgets: [Int]
  ) -> [StoppedExpectation?] {
    adaptiveBestOfN(
      scores: scores, isRight: isRight, isEnough: scores.map { $0 > threshold }, costs: costs, budgets: budgets)
  }

  /// The same where scores that are good enough are marked, so that those below may be compared in another form.
  /// - Parameters:
  ///   - scores: one score a rollout by which the best is chosen where none is good enough.
  ///   - isRight: one verdict a rollout.
  ///   - isEnough: whether a rollout stops the run.
  ///   - costs: one cost a rollout.
  ///   - budgets: the n of each result.
  /// - Complexity: O(K log K + K x budgets).
  public static func adaptiveBestOfN(
    scores: [Double],
    isRight: [Bool],
    isEnough: [Bool],
    costs: [Double],
    budgets: [Int]
  ) -> [StoppedExpectation?] {
    let total = min(scores.count, isRight.count, isEnough.count, costs.count)
    let above = (0..<total).filter { isEnough[$0] }
    let below = (0..<total).filter { !isEnough[$0] }
    let record = ThresholdRecord(
      tiers: ScoreTier.ascending(scores: below.map { scores[$0] }, isRight: below.map { isRight[$0] }),
      below: below.count,
      above: above.count,
      rightAbove: above.count { isRight[$0] },
      costBelow: below.reduce(0) { $0 + costs[$1] },
      costAbove: above.reduce(0) { $0 + costs[$1] })
    return budgets.map { canDraw($0, from: total) ? record.expectation(drawing: $0) : nil }
  }
}

/// A problem's rollouts divided by a threshold.
private struct ThresholdRecord {
  var tiers: [ScoreTier]
  var below: Int
  var above: Int
  var rightAbove: Int
  var costBelow: Double
  var costAbove: Double

  func expectation(drawing budget: Int) -> StoppedExpectation {
    var running = 1.0
    var draws = 0.0
    var cost = 0.0
    for drawn in 0..<budget {
      guard running > 0 else { break }
      let left = Double(below + above - drawn)
      let lowLeft = Double(below - drawn)
      let lowCost = below == 0 ? 0 : costBelow / Double(below)
      draws += running
      cost += running * (costAbove + lowLeft * lowCost) / left
      running *= lowLeft / left
    }
    let stopped = above == 0 ? 0 : (1 - running) * Double(rightAbove) / Double(above)
    let leader = SubsetExpectation.leaderIsRight(tiers: tiers, total: below, drawing: budget) ?? 0
    return StoppedExpectation(success: min(stopped + running * leader, 1), draws: draws, cost: cost)
  }
}
