/// How far a replay was found to be from recorded online runs of the same method.
public struct FidelityBias: Hashable, Sendable {
  /// Replayed minus online accuracy, -1...1.
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
  public var isNoticeable: Bool { abs(value) > Self.tolerance && !interval.contains(0) }
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
