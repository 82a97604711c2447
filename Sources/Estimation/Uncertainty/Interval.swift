/// A two-sided interval of an estimate.
public struct Interval: Hashable, Sendable, Codable {
  /// The lower end.
  public var low: Double
  /// The upper end.
  public var high: Double

  /// Creates an interval.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Whether two intervals have a point in common.
  public func overlaps(_ other: Interval) -> Bool {
    low <= other.high && other.low <= high
  }

  /// Whether a number lies in the interval, ends included.
  public func contains(_ value: Double) -> Bool {
    low <= value && value <= high
  }
}
