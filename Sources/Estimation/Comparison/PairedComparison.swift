/// The difference of two methods on the same problems, with its own interval: the way to tell two curves apart.
///
/// Two curves whose intervals overlap may still differ reliably, since the problems' difficulty is common to both and
/// cancels in the difference.
public struct PairedComparison: Hashable, Sendable, Codable {
  /// The problems that both methods have a value for.
  public var problems: Int
  /// The mean of left minus right, -1...1 for accuracies.
  public var difference: Double
  /// The percentile interval of the difference, from the resamples that serve all curves.
  public var interval: Interval
  /// The two-sided p-value of the sign-flip test.
  public var pValue: Double

  /// Whether the interval excludes zero.
  public var isSupported: Bool { !interval.contains(0) }

  /// Creates a comparison from its numbers.
  public init(problems: Int, difference: Double, interval: Interval, pValue: Double) {
    self.problems = problems
    self.difference = difference
    self.interval = interval
    self.pValue = pValue
  }
}

extension ProblemResamples {
  /// Compares two methods' values, each in the order of `problems`; `nil` where no problem has both.
  public func compare(_ left: [Double], with right: [Double]) -> PairedComparison? {
    let differences = zip(left, right).map(Self.difference)
    let present = differences.count { !$0.isNaN }
    guard present > 0 else { return nil }
    return PairedComparison(
      problems: present,
      difference: mean(of: differences),
      interval: interval(of: differences),
      pValue: SignFlipTest.pValue(differences: differences, problems: problems, seed: seed))
  }

  /// The difference of two values; 0 where they are equal but for rounding, as two closed forms of the same probability
  /// may be: a difference that all problems share would otherwise be sure of its sign.
  private static func difference(_ left: Double, _ right: Double) -> Double {
    abs(left - right) <= 1e-12 * max(abs(left), abs(right)) ? 0 : left - right
  }
}
