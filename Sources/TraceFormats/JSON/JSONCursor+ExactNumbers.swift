extension JSONCursor {
  /// Powers of ten that a double holds exactly.
  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// Powers of ten in 64 bits.
  private static let integerPowers: [UInt64] = (0...19).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// The correctly rounded value where integers suffice to find it; `nil` leaves it to the general algorithm.
  ///
  /// Mantissa at most 2^53 and exponent within 22: one exact operation (Clinger, PLDI 1990, doi 10.1145/93542.93557).
  /// Up to 19 digits and an exponent of -19 ... 0: `divide`.
  @inline(__always)
  static func exactDouble(_ token: NumberToken) -> Double? {
    guard token.digits <= 19 else { return nil }
    if token.mantissa <= 1 << 53, token.exponent >= -22, token.exponent <= 22 {
      let mantissa = Double(token.mantissa)
      let value =
        token.exponent < 0 ? mantissa / exactPowers[-token.exponent] : mantissa * exactPowers[token.exponent]
      return token.isNegative ? -value : value
    }
    guard token.exponent <= 0, token.exponent >= -19 else { return nil }
    let value = divide(token.mantissa, by: integerPowers[-token.exponent])
    return token.isNegative ? -value : value
  }

  /// A whole number divided by a power of ten, 0 to 19, correctly rounded.
  @inline(__always)
  static func quotient(_ mantissa: UInt64, powerOfTen power: Int) -> Double {
    mantissa <= 1 << 53
      ? Double(mantissa) / exactPowers[power] : divide(mantissa, by: integerPowers[power])
  }

  /// a / b, correctly rounded, for a, b > 0.
  ///
  /// Both are shifted to 64 significant bits; a 128-bit division then gives at least 62 bits of the quotient, and
  /// whether anything is left over goes into the lowest bit, so that the one rounding to 53 bits is the right one.
  private static func divide(_ numerator: UInt64, by denominator: UInt64) -> Double {
    let shift = numerator.leadingZeroBitCount
    let scale = denominator.leadingZeroBitCount
    let shifted = numerator << shift
    let (quotient, remainder) = (denominator << scale).dividingFullWidth((shifted >> 1, shifted << 63))
    let sticky = quotient | (remainder == 0 ? 0 : 1)
    return Double(sticky) * Double(sign: .plus, exponent: scale - shift - 63, significand: 1)
  }
}
