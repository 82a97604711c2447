/// A model's number of parameters as people write it.
public struct ParameterCount: Hashable, Sendable {
  /// The number, above 0.
  public let value: Double

  /// Reads a number above 0, with K, M, B or T for thousands to millions of millions: `1.5e9`, `7B`, `0.8M`; `nil` for
  /// anything else.
  public init?(parsing text: String) {
    let units: [String: Double] = ["K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12]
    let unit = units[text.suffix(1).uppercased()]
    let digits = unit == nil ? text[...] : text.dropLast()
    // The standard parser also takes "inf", "nan" and hexadecimal numbers.
    guard digits.allSatisfy({ "0123456789.eE+-".contains($0) }), let number = Double(digits) else { return nil }
    let value = number * (unit ?? 1)
    guard value > 0, value.isFinite else { return nil }
    self.value = value
  }
}
