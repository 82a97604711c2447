/// A ratio of budgets that may be known only to lie beyond the budgets that were computed.
public enum BudgetRatio: Hashable, Sendable, Comparable {
  /// Below the ratio at the smallest budget: the baseline is better already there.
  case below(Double)
  /// The ratio itself.
  case exactly(Double)
  /// Above the ratio at the largest budget: the baseline never gets there.
  case above(Double)

  /// The ratio, or the bound of a censored one.
  public var bound: Double {
    switch self {
    case .below(let ratio), .exactly(let ratio), .above(let ratio): ratio
    }
  }

  /// Whether only a bound is known.
  public var isCensored: Bool {
    if case .exactly = self { return false }
    return true
  }

  /// By size; below a bound is less than the bound, above it is more.
  public static func < (left: BudgetRatio, right: BudgetRatio) -> Bool {
    left.bound == right.bound ? left.side < right.side : left.bound < right.bound
  }

  private var side: Int {
    switch self {
    case .below: -1
    case .exactly: 0
    case .above: 1
    }
  }

  /// The ratio in words: `4x`, `> 16x`, `< 0.13x`; three significant digits.
  public var text: String {
    switch self {
    case .below: "< \(Self.digits(bound))x"
    case .exactly: "\(Self.digits(bound))x"
    case .above: "> \(Self.digits(bound))x"
    }
  }

  private static func digits(_ value: Double) -> String {
    guard value > 0, value < 1e15 else { return "\(value)" }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    // Below 100 the unit is 1 / 10^k, so that rounding divides by a number that is exact.
    var parts = 1.0
    while value * parts < 100, unit == 1, parts < 1e12 { parts *= 10 }
    let rounded = unit > 1 ? (value / unit).rounded() * unit : (value * parts).rounded() / parts
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
