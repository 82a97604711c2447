/// A mean over problems with its interval.
public struct MeanEstimate: Hashable, Sendable {
  /// The mean over the problems that have a value.
  public var mean: Double
  /// Its 95 % interval, from the bootstrap over problems.
  public var interval: Interval

  /// Creates an estimate from its numbers.
  public init(mean: Double, interval: Interval) {
    self.mean = mean
    self.interval = interval
  }
}

extension MeanEstimate: Codable {
  private enum Key: String, CodingKey { case mean, low, high }

  /// The estimate as rows print it.
  public var json: JSONValue {
    .object([
      .init("mean", .number(mean)), .init("low", .number(interval.low)), .init("high", .number(interval.high)),
    ])
  }

  /// Reads an estimate of a row.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      mean: try container.decode(Double.self, forKey: .mean),
      interval: Interval(
        low: try container.decode(Double.self, forKey: .low), high: try container.decode(Double.self, forKey: .high)))
  }

  /// Writes an estimate; use ``json`` where the order of keys matters.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

extension ProblemResamples {
  /// The mean of the values that are not NaN with its interval; `nil` without any.
  public func estimate(of values: [Double]) -> MeanEstimate? {
    guard let first = values.first(where: { !$0.isNaN }) else { return nil }
    // Every resample of equal values has the same mean: most costs are the budget itself.
    if values.allSatisfy({ $0 == first }) {
      return MeanEstimate(mean: first, interval: Interval(low: first, high: first))
    }
    return MeanEstimate(mean: mean(of: values), interval: interval(of: values))
  }
}
