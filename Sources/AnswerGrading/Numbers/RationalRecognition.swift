import BigInt

/// Finding the fraction that a 256-bit approximation stands for.
///
/// A value that agrees with a fraction of at most 44 + 62 bits to 200 bits is that fraction: a coincidence has
/// probability below 2^-90.
enum RationalRecognition {
  /// The fraction equal to the value within 2^-200, if there is one with a small denominator.
  static func fraction(_ value: WideFloat) -> Number? {
    if value.isZero { return .zero }
    if value.exponent > 62 { return bigInteger(value) }
    if value.exponent < -42 { return nil }
    guard let (top, bottom) = candidate(value) else { return nil }
    let difference = value.magnitude - Number.wide(top, bottom)
    guard difference.isZero || difference.exponent < value.exponent - 200 else { return nil }
    return Number.fraction(value.negative ? -top : top, bottom)
  }

  /// Continued fraction of the leading 128 bits until a partial quotient is so large that it can only be noise.
  private static func candidate(_ value: WideFloat) -> (Int64, Int64)? {
    let significand = (UInt128(value.m3) << 64) | UInt128(value.m2)
    // value = significand / 2^(128 - exponent); both are shifted so that they fit.
    let shift = 128 - value.exponent
    var dividend = significand
    var divisor: UInt128
    if shift < 128 {
      divisor = 1 << UInt128(shift)
    } else {
      dividend = significand >> UInt128(shift - 127)
      divisor = 1 << 127
    }
    var (p0, q0, p1, q1): (UInt64, UInt64, UInt64, UInt64) = (0, 1, 1, 0)
    for step in 0..<64 {
      let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
      if quotient >> 62 != 0 { return step > 0 ? settle(p1, q1) : nil }
      let term = UInt64(quotient)
      let (a, o1) = term.multipliedReportingOverflow(by: p1)
      let (b, o2) = term.multipliedReportingOverflow(by: q1)
      let (p2, o3) = a.addingReportingOverflow(p0)
      let (q2, o4) = b.addingReportingOverflow(q0)
      if o1 || o2 || o3 || o4 || p2 >> 62 != 0 || q2 >> 44 != 0 { return step > 0 ? settle(p1, q1) : nil }
      (p0, q0, p1, q1) = (p1, q1, p2, q2)
      if rest == 0 { return settle(p1, q1) }
      dividend = divisor
      divisor = rest
    }
    return nil
  }

  private static func settle(_ top: UInt64, _ bottom: UInt64) -> (Int64, Int64)? {
    bottom == 0 || top == 0 ? nil : (Int64(top), Int64(bottom))
  }

  /// The integer of 63 to 190 bits that the value is, if it is one.
  private static func bigInteger(_ value: WideFloat) -> Number? {
    guard value.exponent <= 190 else { return nil }
    let significand =
      (BigInt(value.m3) << 192) + (BigInt(value.m2) << 128) + (BigInt(value.m1) << 64) + BigInt(value.m0)
    let shift = 256 - value.exponent
    let whole = (significand + (BigInt(1) << (shift - 1))) >> shift
    let difference = significand - (whole << shift)
    guard difference.magnitude.bitWidth <= shift - 30 || difference.magnitude.bitWidth <= 40 else { return nil }
    return Number.narrowed(BigRational(value.negative ? -whole : whole, 1))
  }
}

extension Number {
  /// The same value, exact where the approximation is recognized as a fraction.
  var recognized: Number {
    switch self {
    case .real(let value): return RationalRecognition.fraction(value) ?? self
    case .complex(let value) where value.isReal:
      return RationalRecognition.fraction(value.real) ?? .real(value.real)
    default: return self
    }
  }

  /// The key of a constant; nil when it is undefined.
  var classKey: ClassKey? {
    switch self {
    case .rational(let numerator, let denominator): return Number.rationalKey(numerator, denominator)
    case .big(let value):
      var builder = KeyBuilder(.bigRational)
      builder.add(value.numerator.sign == .minus ? 1 : 0)
      for word in value.numerator.magnitude.words { builder.add(UInt64(word)) }
      builder.add(-1)
      for word in value.denominator.magnitude.words { builder.add(UInt64(word)) }
      return builder.key
    case .huge(let value):
      var builder = KeyBuilder(.hugeRational)
      builder.add(value.first)
      builder.add(value.second)
      return builder.key
    case .real(let value):
      if let exact = RationalRecognition.fraction(value) { return exact.classKey }
      return Number.irrationalKey(value)
    case .complex(let value): return Number.complexKey(value)
    case .infinity(let negative):
      var builder = KeyBuilder(.infinity)
      builder.add(negative ? 1 : 0)
      return builder.key
    case .undefined: return nil
    }
  }

  @inline(__always)
  static func rationalKey(_ numerator: Int64, _ denominator: Int64) -> ClassKey {
    var builder = KeyBuilder(.rational)
    builder.add(Int(numerator))
    builder.add(Int(denominator))
    return builder.key
  }

  private static func complexKey(_ value: WideComplex) -> ClassKey? {
    guard let real = Number.real(value.real).classKey else { return nil }
    if value.isReal { return real }
    guard let imaginary = Number.real(value.imaginary).classKey else { return nil }
    var builder = KeyBuilder(.complex)
    builder.add(real)
    builder.add(imaginary)
    return builder.key
  }

  /// The leading 128 bits, rounded, with exponent and sign.
  static func irrationalKey(_ value: WideFloat) -> ClassKey {
    var high = value.m3
    var exponent = value.exponent
    var (low, carry) = value.m2.addingReportingOverflow(value.m1 >> 63)
    if carry {
      let (sum, overflow) = high.addingReportingOverflow(1)
      (high, carry) = (sum, overflow)
      if overflow {
        high = 1 << 63
        exponent += 1
      }
      low = 0
    }
    var builder = KeyBuilder(.irrational)
    builder.add(value.negative ? 1 : 0)
    builder.add(exponent)
    builder.add(high)
    builder.add(low)
    return builder.key
  }
}
