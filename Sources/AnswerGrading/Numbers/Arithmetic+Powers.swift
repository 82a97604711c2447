import BigInt

extension Arithmetic {
  /// The power of two numbers, principal value; real odd roots of negative numbers are real.
  mutating func power(_ base: Number, _ exponent: Number) -> Number {
    if base.isUndefined || exponent.isUndefined || !spend(4) { return .undefined }
    if case .rational(let top, let bottom) = exponent {
      if bottom == 1 { return integerPower(base, top) }
      if !base.isInfinite { return fractionalPower(base, top, bottom) }
    }
    if case .rational(1, 1) = base { return exponent.isInfinite ? .undefined : base }
    if base.isInfinite || exponent.isInfinite { return infinitePower(base, exponent) }
    if exponent.isRational { return .undefined }
    return generalPower(base, exponent)
  }

  private func infinitePower(_ base: Number, _ exponent: Number) -> Number {
    guard case .infinity(false) = base, let sign = exponent.sign, sign != 0 else { return .undefined }
    return sign > 0 ? base : .zero
  }

  /// An integer power; zero to a power that is not positive is undefined.
  mutating func integerPower(_ base: Number, _ exponent: Int64) -> Number {
    if exponent == 1 { return base }
    if exponent <= 0 && base.isZero { return .undefined }
    if exponent == 0 { return base.isInfinite ? .undefined : .one }
    if case .rational(let numerator, 1) = base, numerator.magnitude <= 1 {
      return numerator == -1 && exponent & 1 == 0 ? .one : base
    }
    if exponent < 0 {
      if exponent == Int64.min { return .undefined }
      return inverse(integerPower(base, -exponent))
    }
    if let bits = exactLength(base), bits * Double(exponent) > Double(exactBits) {
      return hugePower(base, UInt64(exponent))
    }
    if base.isRational, case .huge = base { return hugePower(base, UInt64(exponent)) }
    return repeatedSquares(base, exponent)
  }

  private func exactLength(_ base: Number) -> Double? {
    switch base {
    case .rational(let numerator, let denominator):
      return Double(128 - numerator.magnitude.leadingZeroBitCount - denominator.leadingZeroBitCount)
    case .big(let value): return Double(value.bits)
    default: return nil
    }
  }

  private mutating func repeatedSquares(_ base: Number, _ exponent: Int64) -> Number {
    if exponent > 1 << 50 { return .undefined }
    var result = Number.one
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      rest >>= 1
      if rest > 0 { square = multiply(square, square) }
      if square.isUndefined || square.isTooLarge { return .undefined }
    }
    return result
  }

  /// The power of a fraction as residues and leading bits.
  private mutating func hugePower(_ base: Number, _ exponent: UInt64) -> Number {
    guard spend(200), let value = base.hugeRational else { return .undefined }
    var approximation = WideFloat.one
    var square = value.approximation
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { approximation = approximation * square }
      rest >>= 1
      if rest > 0 { square = square * square }
      if abs(square.exponent) > Number.exponentLimit { return .undefined }
    }
    if abs(approximation.exponent) > Number.exponentLimit { return .undefined }
    return .huge(
      HugeRational(
        first: PrimeField.first.power(value.first, exponent), second: PrimeField.second.power(value.second, exponent),
        approximation: approximation))
  }

  /// The root of the given index of a power, exact where it is rational.
  mutating func fractionalPower(_ base: Number, _ top: Int64, _ bottom: Int64) -> Number {
    if base.isZero { return top > 0 ? .zero : .undefined }
    if case .rational(let numerator, let denominator) = base, numerator > 0 || bottom & 1 == 1,
      let a = Arithmetic.exactRoot(numerator.magnitude, bottom),
      let b = Arithmetic.exactRoot(UInt64(denominator), bottom)
    {
      return integerPower(.rational(numerator < 0 ? -a : a, b), top)
    }
    guard spend(100), let value = base.wideComplex else { return .undefined }
    if bottom == 2 && top.magnitude < 1 << 20 {
      return integerPower(Number.wide(value.squareRoot), top)
    }
    let exponent = Number.wide(top, bottom)
    if value.isReal && (!value.real.negative || bottom & 1 == 1) {
      guard let root = realPower(value.real.magnitude, exponent) else { return .undefined }
      return .real(value.real.negative && top & 1 == 1 ? -root : root)
    }
    return complexPower(value, WideComplex(exponent))
  }

  private mutating func realPower(_ base: WideFloat, _ exponent: WideFloat) -> WideFloat? {
    guard spend(600), let logarithm = base.logarithm else { return nil }
    return (logarithm * exponent).exponential
  }

  private mutating func complexPower(_ base: WideComplex, _ exponent: WideComplex) -> Number {
    guard spend(1_200), let logarithm = base.logarithm, let result = (logarithm * exponent).exponential else {
      return .undefined
    }
    return Number.wide(result)
  }

  private mutating func generalPower(_ base: Number, _ exponent: Number) -> Number {
    guard let value = base.wideComplex, let power = exponent.wideComplex, !value.isZero else { return .undefined }
    if value.isReal && power.isReal && !value.real.negative {
      guard let result = realPower(value.real, power.real) else { return .undefined }
      return .real(result)
    }
    return complexPower(value, power)
  }

  /// The exact integer root, if the value is a perfect power.
  static func exactRoot(_ value: UInt64, _ index: Int64) -> Int64? {
    if value <= 1 { return Int64(value) }
    if index > 62 { return nil }
    let guess = index == 2 ? Double(value).squareRoot() : WideFloat.rootGuess(value, index)
    for candidate in max(1, Int64(guess) - 1)...Int64(guess) + 1 {
      var product: UInt64 = 1
      var overflowed = false
      for _ in 0..<index {
        let (next, overflow) = product.multipliedReportingOverflow(by: UInt64(candidate))
        product = next
        overflowed = overflowed || overflow
      }
      if !overflowed && product == value { return candidate }
    }
    return nil
  }
}

extension Number {
  /// Values beyond 2^(2^44) or below its inverse are not computed.
  static let exponentLimit = 1 << 44

  var isTooLarge: Bool {
    switch self {
    case .real(let value): return abs(value.exponent) > Number.exponentLimit
    case .complex(let value):
      return abs(value.real.exponent) > Number.exponentLimit || abs(value.imaginary.exponent) > Number.exponentLimit
    case .huge(let value): return abs(value.approximation.exponent) > Number.exponentLimit
    default: return false
    }
  }
}

extension WideFloat {
  /// A double near the root of an integer.
  static func rootGuess(_ value: UInt64, _ index: Int64) -> Double {
    guard let logarithm = WideFloat(Double(value)).logarithm,
      let root = logarithm.divided(by: UInt64(index)).exponential
    else { return 0 }
    return root.double.rounded()
  }
}
