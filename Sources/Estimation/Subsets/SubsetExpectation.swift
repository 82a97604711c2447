/// Exact expectations over all size-n subsets of a problem's K recorded rollouts: no sampling noise.
///
/// Each function answers: if n of the K rollouts had been generated, every subset equally likely, how likely would the
/// rule's answer be right? An n below 1 or above K has no answer, and gives `nil`: a curve has no point there.
public enum SubsetExpectation {
  /// Whether a budget can be drawn from a record without replacement.
  static func canDraw(_ budget: Int, from total: Int) -> Bool {
    budget >= 1 && budget <= total
  }

  /// pass@n: the probability that a subset contains a right rollout, 1 - C(K - c, n) / C(K, n).
  ///
  /// Chen et al., "Evaluating large language models trained on code" (arXiv 2107.03374), equation 1. Computed as a
  /// product of n factors in 0...1, which neither overflows nor cancels.
  /// - Complexity: O(n).
  public static func passAtN(right: Int, total: Int, drawing budget: Int) -> Double? {
    guard canDraw(budget, from: total), right >= 0, right <= total else { return nil }
    return 1 - missProbability(of: right, total: total, drawing: budget)
  }

  /// pass@1: the probability c / K that one random rollout is right; `nil` without rollouts.
  public static func first(right: Int, total: Int) -> Double? {
    guard canDraw(1, from: total), right >= 0, right <= total else { return nil }
    return Double(right) / Double(total)
  }

  /// The probability C(K - m, n) / C(K, n) that n draws avoid m marked rollouts.
  static func missProbability(of marked: Int, total: Int, drawing budget: Int) -> Double {
    var miss = 1.0
    for drawn in 0..<budget {
      let unmarked = total - marked - drawn
      guard unmarked > 0 else { return 0 }
      miss *= Double(unmarked) / Double(total - drawn)
    }
    return miss
  }
}
