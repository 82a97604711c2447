extension SubsetExpectation {
  /// First Finish Search: the expected tokens of n rollouts that run side by side until the k-th has finished, for each
  /// budget.
  ///
  /// Every rollout pays for as many tokens as the k-th shortest has at most. That one is the rollout of rank m (from 1,
  /// by length) in C(m - 1, k - 1) C(K - m, n - k) of the C(K, n) subsets; the k - 1 shorter ones are then a random
  /// subset of the m - 1 shorter, and n - k + 1 pay for its length. A subset of at most k pays for all of its tokens.
  /// - Parameters:
  ///   - lengths: one length a rollout, in tokens.
  ///   - voters: k, at least 1.
  ///   - budgets: the n of each result.
  /// - Complexity: O(K log K + K x budgets).
  public static func firstFinishCost(lengths: [Double], voters: Int, budgets: [Int]) -> [Double?] {
    let sorted = lengths.sorted()
    let mean = sorted.reduce(0, +) / Double(max(sorted.count, 1))
    return budgets.map { budget in
      guard canDraw(budget, from: sorted.count) else { return nil }
      guard budget > voters else { return mean * Double(budget) }
      return costUntil(max(voters, 1), of: sorted, drawing: budget)
    }
  }

  private static func costUntil(_ voters: Int, of lengths: [Double], drawing budget: Int) -> Double {
    let law = orderLaw(of: voters, total: lengths.count, drawing: budget)
    var shorter = lengths[..<(voters - 1)].reduce(0, +)
    var cost = 0.0
    for (offset, probability) in law.enumerated() {
      let rank = voters + offset
      let own = lengths[rank - 1]
      let shorterMean = rank > 1 ? shorter / Double(rank - 1) : 0
      cost += probability * (Double(voters - 1) * shorterMean + Double(budget - voters + 1) * own)
      shorter += own
    }
    return cost
  }

  /// The probabilities that the k-th lowest of n out of K has rank k, k + 1, ..., K - n + k.
  ///
  /// Each follows from the one before by a ratio; the first may be too small for a number, so they are walked from the
  /// likeliest rank and then normalised.
  private static func orderLaw(of place: Int, total: Int, drawing budget: Int) -> [Double] {
    let ranks = total - budget + 1
    func ratio(_ rank: Int) -> Double {
      Double(rank) / Double(rank - place + 1) * Double(total - rank - budget + place) / Double(total - rank)
    }
    var law = [Double](repeating: 0, count: ranks)
    let peak = (0..<ranks - 1).first { ratio(place + $0) < 1 } ?? ranks - 1
    law[peak] = 1
    for offset in peak..<ranks - 1 { law[offset + 1] = law[offset] * ratio(place + offset) }
    for offset in stride(from: peak, to: 0, by: -1) { law[offset - 1] = law[offset] / ratio(place + offset - 1) }
    let sum = law.reduce(0, +)
    return law.map { $0 / sum }
  }
}
