import Foundation

/// A method's values on the same problems at several budgets.
public struct ScalingCurve: Hashable, Sendable {
  /// The budgets in ascending order.
  public let budgets: [Int]
  /// For each budget the problems' values, in the order of the resamples' problems; NaN where there is none.
  public let values: [[Double]]

  /// Creates a curve from values by budget, each in the order of ``ProblemResamples/problems``.
  public init(_ values: [Int: [Double]]) {
    budgets = values.keys.sorted()
    self.values = budgets.map { values[$0] ?? [] }
  }

  /// The values at a budget; `nil` where the curve has no point there.
  public func values(at budget: Int) -> [Double]? {
    budgets.firstIndex(of: budget).map { values[$0] }
  }

  /// The smallest budget at which the curve, made monotone and interpolated on log2 of the budget, reaches an accuracy.
  /// - Parameters:
  ///   - target: the accuracy to be reached.
  ///   - means: the curve's mean at each budget.
  static func budget(reaching target: Double, budgets: [Int], means: [Double]) -> BudgetRatio? {
    let fitted = IsotonicRegression.fit(means)
    guard let first = fitted.first, budgets.count == fitted.count else { return nil }
    // A pooled mean may miss its own value by rounding.
    let goal = target - 1e-12
    guard let reached = fitted.firstIndex(where: { $0 >= goal }) else {
      return .above(Double(budgets[budgets.count - 1]))
    }
    if reached == 0 {
      return first > target + 1e-12 ? .below(Double(budgets[0])) : .exactly(Double(budgets[0]))
    }
    let (low, high) = (fitted[reached - 1], fitted[reached])
    let share = min((target - low) / (high - low), 1)
    let step = Double(budgets[reached]) / Double(budgets[reached - 1])
    return .exactly(Double(budgets[reached - 1]) * pow(step, share))
  }
}
