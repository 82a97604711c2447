/// How many times its budget a baseline needs for the accuracy that a method reaches at N: the "4-16x" of
/// arXiv 2502.01618 as a number that anyone can recompute.
///
/// The baseline is made monotone by isotonic regression and interpolated on log2 N. Beyond its last budget, or below its
/// first, the rate is censored, never extrapolated. The interval comes from the paired bootstrap.
public struct ScalingRate: Hashable, Sendable {
  /// The method's budget N at which the rate was read; it is part of the number.
  public var budget: Int
  /// The baseline's budget over N.
  public var rate: BudgetRatio
  /// The lower end of the interval.
  public var low: BudgetRatio
  /// The upper end of the interval.
  public var high: BudgetRatio

  /// The rate with its interval, e.g. `4x at N = 8 (2.1x to > 16x)`.
  public var text: String { "\(rate.text) at N = \(budget) (\(low.text) to \(high.text))" }
}

extension ProblemResamples {
  /// The scaling rate of a method over a baseline at a budget; `nil` where the method has no point there or the
  /// baseline has none at all.
  /// - Complexity: O(resamples x problems x baseline budgets).
  public func scalingRate(of method: ScalingCurve, over baseline: ScalingCurve, at budget: Int) -> ScalingRate? {
    guard let target = method.values(at: budget),
      let needed = ScalingCurve.budget(
        reaching: mean(of: target), budgets: baseline.budgets, means: baseline.values.map(mean(of:)))
    else { return nil }
    let targets = means(of: target)
    let references = baseline.values.map(means(of:))
    guard references.allSatisfy({ $0.count == targets.count }) else { return nil }
    var resampled: [BudgetRatio] = []
    resampled.reserveCapacity(targets.count)
    for (resample, reached) in targets.enumerated() {
      let means = references.map { $0[resample] }
      guard !reached.isNaN, !means.contains(where: \.isNaN),
        let ratio = ScalingCurve.budget(reaching: reached, budgets: baseline.budgets, means: means)
      else { continue }
      resampled.append(ratio.divided(by: budget))
    }
    let rate = needed.divided(by: budget)
    guard let ends = Percentile.interval(of: resampled, confidence: confidence) else { return nil }
    return ScalingRate(budget: budget, rate: rate, low: ends.low, high: ends.high)
  }
}

extension BudgetRatio {
  /// The ratio of this budget to another.
  fileprivate func divided(by budget: Int) -> BudgetRatio {
    switch self {
    case .below(let value): .below(value / Double(budget))
    case .exactly(let value): .exactly(value / Double(budget))
    case .above(let value): .above(value / Double(budget))
    }
  }
}
