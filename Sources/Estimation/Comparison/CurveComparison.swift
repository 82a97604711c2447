import Traces

/// Two curves on the same problems: their difference at each common budget, and how many times its budget the second
/// needs for what the first reaches.
///
/// The p-values of several budgets are not corrected for their number: a reader who picks the best must do that.
public struct CurveComparison: Hashable, Sendable {
  /// A common budget.
  public struct Row: Hashable, Sendable {
    /// The budget N.
    public var budget: Int
    /// The first curve's accuracy over the problems that both have, 0...1.
    public var left: Double
    /// The second curve's accuracy over the same problems, 0...1.
    public var right: Double
    /// First minus second.
    public var comparison: PairedComparison
  }

  /// The first curve; its cell's budget means nothing.
  public var left: Cell
  /// The second curve, the baseline of the scaling rates.
  public var right: Cell
  /// The common budgets, ascending.
  public var rows: [Row]
  /// The scaling rate at each budget of the first curve, ascending.
  public var rates: [ScalingRate]
}

extension ProblemResamples {
  /// Compares two curves, each with its values in the order of `problems`.
  /// - Complexity: O(resamples x problems x budgets²).
  public func compare(
    _ left: Cell, _ leftCurve: ScalingCurve, with right: Cell, _ rightCurve: ScalingCurve
  ) -> CurveComparison {
    let rows = leftCurve.budgets.compactMap { budget -> CurveComparison.Row? in
      guard let ours = leftCurve.values(at: budget), let theirs = rightCurve.values(at: budget),
        let comparison = compare(ours, with: theirs)
      else { return nil }
      let both = zip(ours, theirs).map { !$0.isNaN && !$1.isNaN }
      return CurveComparison.Row(
        budget: budget,
        left: mean(of: zip(ours, both).map { $1 ? $0 : .nan }),
        right: mean(of: zip(theirs, both).map { $1 ? $0 : .nan }),
        comparison: comparison)
    }
    let rates = leftCurve.budgets.compactMap { scalingRate(of: leftCurve, over: rightCurve, at: $0) }
    return CurveComparison(left: left, right: right, rows: rows, rates: rates)
  }
}
