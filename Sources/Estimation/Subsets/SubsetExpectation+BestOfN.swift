extension SubsetExpectation {
  /// Best-of-n: the probability that the rollout with the highest score of a subset is right, for each budget.
  ///
  /// With the rollouts in ascending order, the one of rank m (from 1) leads C(m - 1, n - 1) of the C(K, n) subsets.
  /// Rollouts of equal score share their ranks' mass equally, as ties broken at random do. NaN ranks below every number.
  /// - Parameters:
  ///   - scores: one aggregated score a rollout, any scale.
  ///   - isRight: one verdict a rollout.
  ///   - budgets: the n of each result.
  /// - Complexity: O(K log K + K x budgets).
  public static func bestOfN(scores: [Double], isRight: [Bool], budgets: [Int]) -> [Double?] {
    let tiers = ScoreTier.ascending(scores: scores, isRight: isRight)
    let total = min(scores.count, isRight.count)
    return budgets.map { leaderIsRight(tiers: tiers, total: total, drawing: $0) }
  }

  /// The probability that the leader of n out of `total` ranked rollouts is right.
  static func leaderIsRight(tiers: [ScoreTier], total: Int, drawing budget: Int) -> Double? {
    guard canDraw(budget, from: total) else { return nil }
    var probability = 0.0
    // C(m, n) / C(K, n), walked down from m = K; times n / m it is the mass of rank m.
    var within = 1.0
    var rank = total
    for tier in tiers.reversed() {
      var mass = 0.0
      for _ in 0..<tier.count {
        mass += within * Double(budget) / Double(rank)
        within *= Double(rank - budget) / Double(rank)
        rank -= 1
        if rank < budget { break }
      }
      probability += mass * Double(tier.right) / Double(tier.count)
      if rank < budget { break }
    }
    return min(probability, 1)
  }
}

/// Rollouts of one score.
struct ScoreTier {
  /// Their score; NaN stands below all numbers.
  var score: Double
  /// How many there are.
  var count: Int
  /// How many of them are right.
  var right: Int

  /// The tiers of a problem's rollouts, lowest score first.
  static func ascending(scores: [Double], isRight: [Bool]) -> [ScoreTier] {
    let ranked = zip(scores, isRight).sorted { below($0.0, $1.0) }
    var tiers: [ScoreTier] = []
    for (score, isRight) in ranked {
      if let last = tiers.last, !below(last.score, score) {
        tiers[tiers.count - 1].count += 1
        tiers[tiers.count - 1].right += isRight ? 1 : 0
      } else {
        tiers.append(ScoreTier(score: score, count: 1, right: isRight ? 1 : 0))
      }
    }
    return tiers
  }

  /// A strict weak order of all doubles: NaN lowest, zeroes equal.
  private static func below(_ left: Double, _ right: Double) -> Bool {
    left.isNaN ? !right.isNaN : left < right
  }
}
