import Traces

extension JSONCursor {
  /// Reads a number from 0 to 1.
  mutating func share() throws -> Double { try quantity("a share, 0 to 1") { $0 >= 0 && $0 <= 1 } }

  /// Reads the logarithm of a probability, or a sum of some.
  mutating func logProbability() throws -> Double { try quantity("a log-probability, 0 or less") { $0 <= 0 } }

  /// Reads a log-probability, or null as nothing.
  mutating func optionalLogProbability() throws -> Double? {
    if try takeNull() { return nil }
    return try logProbability()
  }

  /// Reads a sampling temperature, or null as nothing.
  mutating func optionalTemperature() throws -> Double? {
    if try takeNull() { return nil }
    return try quantity("a temperature, 0 or more") { $0 >= 0 }
  }

  /// The number that comes next, as it is written.
  mutating func describeNumber() -> String { (try? rawValue()) ?? "a number" }

  /// Reads a number of which not every value makes sense.
  private mutating func quantity(_ expected: String, _ isPossible: (Double) -> Bool) throws -> Double {
    skipSpace()
    let start = position
    let value = try double()
    guard isPossible(value) else {
      position = start
      throw failure(found: describeNumber(), expected: expected)
    }
    return value
  }
}
