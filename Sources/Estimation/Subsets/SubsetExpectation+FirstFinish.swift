extension SubsetExpectation {
  /// First Finish Search with k voters: the probability that the vote of the k shortest rollouts of a subset is right,
  /// for each budget.
  ///
  /// k = 1 takes the answer of the shortest; without an answer it is wrong. Larger k vote as in
  /// ``majority(_:budgets:)``; a subset of at most k rollouts votes as a whole. Equal lengths are ordered at random.
  /// Agarwal et al., "First Finish Search" (arXiv 2505.18149), states the rule for k = 1.
  /// - Parameters:
  ///   - lengths: one length a rollout, in tokens.
  ///   - classes: one answer class a rollout; a negative number is no answer.
  ///   - rightClass: the right class; `nil` where no rollout is right.
  ///   - voters: k, at least 1.
  ///   - budgets: the n of each result.
  /// - Complexity: O(K²) and, for each distinct length, up to k votes among k rollouts.
  public static func firstFinish(
    lengths: [Int],
    classes: [Int],
    rightClass: Int?,
    voters: Int = 1,
    budgets: [Int]
  ) -> [Double?] {
    let rollouts = zip(lengths, classes).sorted { $0.0 < $1.0 }
    let tiers = LengthTier.ascending(rollouts, rightClass: rightClass, voters: max(voters, 1))
    let whole = majority(
      VoteRecord(classes: rollouts.map(\.1), rightClass: rightClass), budgets: budgets.map { min($0, rollouts.count) })
    return budgets.enumerated().map { position, budget in
      guard canDraw(budget, from: rollouts.count) else { return nil }
      guard budget > voters else { return whole[position] }
      let everything = LengthTier.law(of: rollouts.count, total: rollouts.count, drawing: budget)[budget]
      let joint = tiers.reduce(0) { $0 + $1.contribution(total: rollouts.count, drawing: budget) }
      return min(joint / everything, 1)
    }
  }
}

/// The rollouts of one length, as the place where the k-th shortest of a subset may stand.
private struct LengthTier {
  /// How many rollouts are shorter.
  var shorter: Int
  /// How many have this length.
  var count: Int
  /// For each number of shorter ones drawn, the probability that they and random ones of this length, k together,
  /// vote for the right class; `nil` where no such k exist.
  var outcomes: [Double?]

  static func ascending(
    _ rollouts: [(length: Int, answerClass: Int)],
    rightClass: Int?,
    voters: Int
  ) -> [LengthTier] {
    var tiers: [LengthTier] = []
    var start = 0
    while start < rollouts.count {
      let end = rollouts[start...].firstIndex { $0.length != rollouts[start].length } ?? rollouts.count
      let vote = PluralityVote(
        classes: rollouts.map(\.answerClass), tier: start..<end, rightClass: rightClass)
      let outcomes = (0..<voters).map { drawn in
        let own = voters - drawn
        return drawn <= start && own <= end - start ? vote.rightWins(drawing: [own, drawn]) : nil
      }
      tiers.append(LengthTier(shorter: start, count: end - start, outcomes: outcomes))
      start = end
    }
    return tiers
  }

  /// The probability, before conditioning on the number drawn, that the k-th shortest stands here and the vote is right.
  func contribution(total: Int, drawing budget: Int) -> Double {
    let shorterLaw = Self.law(of: shorter, total: total, drawing: budget)
    let ownLaw = Self.law(of: count, total: total, drawing: budget)
    let longerLaw = Self.law(of: total - shorter - count, total: total, drawing: budget)
    var sum = 0.0
    for (drawn, outcome) in outcomes.enumerated() {
      guard let outcome, outcome > 0, drawn < shorterLaw.count else { continue }
      let needed = outcomes.count - drawn
      var rest = 0.0
      for own in needed..<max(needed, min(ownLaw.count, budget - drawn + 1)) {
        let longer = budget - drawn - own
        if longer < longerLaw.count { rest += ownLaw[own] * longerLaw[longer] }
      }
      sum += outcome * shorterLaw[drawn] * rest
    }
    return sum
  }

  static func law(of count: Int, total: Int, drawing budget: Int) -> [Double] {
    BinomialLaw.probabilities(trials: count, success: Double(budget) / Double(total), upTo: budget)
  }
}

extension PluralityVote {
  /// A vote of rollouts sorted by length: a tier of equal length is the first stratum, the shorter ones the second.
  fileprivate init(classes: [Int], tier: Range<Int>, rightClass: Int?) {
    var counts: [Int: Pair] = [:]
    var silent = Pair.zero
    for (position, answerClass) in classes.prefix(tier.upperBound).enumerated() {
      let one: Pair = tier.contains(position) ? [1, 0] : [0, 1]
      if answerClass < 0 { silent &+= one } else { counts[answerClass, default: .zero] &+= one }
    }
    let right = rightClass.flatMap { counts.removeValue(forKey: $0) } ?? .zero
    // Sorted, so that sums do not depend on the dictionary's order.
    let wrong = counts.sorted { $0.key < $1.key }.map(\.value)
    self.init(right: right, wrong: wrong, silent: silent)
  }
}
