/// How far a replay is from something else, with an interval: from recorded online runs of the same method, from what a
/// fitted model reaches online, or from another continuation policy.
public struct FidelityBias: Hashable, Sendable {
  /// Replayed minus online accuracy, or one policy minus the other, -1...1.
  public var value: Double
  /// Its 95 % interval, from the paired bootstrap over problems.
  public var interval: Interval

  /// Creates a bias from its numbers.
  public init(value: Double, interval: Interval) {
    self.value = value
    self.interval = interval
  }

  /// A smaller bias is no reason to warn: points of accuracy as a fraction.
  public static let tolerance = 0.02

  /// Whether the replay differs from the online runs by more than the tolerance and more than chance.
  public var isNoticeable: Bool { exceeds(Self.tolerance) }

  /// Whether the difference is larger than a bound, and above chance.
  public func exceeds(_ bound: Double) -> Bool { abs(value) > bound && !interval.contains(0) }
}

extension ProblemResamples {
  /// The mean of left minus right, each in the order of `problems`, over those that both have a value for, with its
  /// interval; `nil` where no problem has both.
  public func difference(_ left: [Double], _ right: [Double]) -> FidelityBias? {
    let differences = zip(left, right).map { $0 - $1 }
    let mean = mean(of: differences)
    return mean.isNaN ? nil : FidelityBias(value: mean, interval: interval(of: differences))
  }
}

extension FidelityBias {
  /// The bias as rows print it.
  public var json: JSONValue {
    .object([
      .init("value", .number(value)), .init("low", .number(interval.low)), .init("high", .number(interval.high)),
    ])
  }
}

extension FidelityBias: Codable {
  private enum Key: String, CodingKey { case value, low, high }

  /// Reads a bias of a row.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      value: try container.decode(Double.self, forKey: .value),
      interval: Interval(
        low: try container.decode(Double.self, forKey: .low), high: try container.decode(Double.self, forKey: .high)))
  }

  /// Writes a bias; use ``json`` where the order of keys matters.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
