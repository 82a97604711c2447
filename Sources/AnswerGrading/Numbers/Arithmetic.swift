import BigInt

/// The four operations on numbers within a budget of work.
///
/// The operations keep rational values exact: in 64 bits, then as big integers up to `exactBits`, then as residues.
/// Where irrational values cancel or absorb each other beyond the width of the arithmetic, the result is undefined
/// rather than guessed: the caller falls back to comparing strings.
struct Arithmetic {
  /// Units of work left; one unit is about ten nanoseconds.
  var budget: Int
  /// Small terms may vanish beside large ones: at sample points, where the other points show them.
  var allowsAbsorption = false
  /// The longest exact fraction, in bits of numerator and denominator together.
  let exactBits: Int

  init(budget: Int, exactBits: Int) {
    self.budget = budget
    self.exactBits = exactBits
  }

  /// Takes units off the budget; false when it is used up.
  mutating func spend(_ units: Int) -> Bool {
    budget -= units
    return budget >= 0
  }

  mutating func add(_ left: Number, _ right: Number) -> Number {
    if case .rational(let a, let b) = left, case .rational(let c, let d) = right {
      if b == 1 && d == 1 {
        let (sum, overflow) = a.addingReportingOverflow(c)
        if !overflow { return .rational(sum, 1) }
      } else if let sum = Arithmetic.smallSum(a, b, c, d) {
        return sum
      }
    }
    return addSlowly(left, right)
  }

  private static func smallSum(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> Number? {
    let (ad, o1) = a.multipliedReportingOverflow(by: d)
    let (cb, o2) = c.multipliedReportingOverflow(by: b)
    let (top, o3) = ad.addingReportingOverflow(cb)
    let (bottom, o4) = b.multipliedReportingOverflow(by: d)
    return o1 || o2 || o3 || o4 ? nil : Number.fraction(top, bottom)
  }

  private mutating func addSlowly(_ left: Number, _ right: Number) -> Number {
    if left.isUndefined || right.isUndefined || !spend(4) { return .undefined }
    if case .infinity(let negative) = left {
      if case .infinity(let other) = right, other != negative { return .undefined }
      return left
    }
    if case .infinity = right { return right }
    if let a = left.bigRational, let b = right.bigRational, a.bits + b.bits <= exactBits {
      return addBig(a, b)
    }
    if left.isRational && right.isRational, let a = left.hugeRational, let b = right.hugeRational {
      return Arithmetic.settled(
        HugeRational(
          first: PrimeField.first.add(a.first, b.first), second: PrimeField.second.add(a.second, b.second),
          approximation: a.approximation + b.approximation))
    }
    return addWide(left, right)
  }

  private mutating func addBig(_ a: BigRational, _ b: BigRational) -> Number {
    if !spend(20 + (a.bits + b.bits) / 8) { return .undefined }
    return Number.narrowed(
      BigRational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator))
  }

  private func addWide(_ left: Number, _ right: Number) -> Number {
    guard let a = left.wideComplex, let b = right.wideComplex else { return .undefined }
    guard let real = sum(a.real, b.real), let imaginary = sum(a.imaginary, b.imaginary)
    else { return .undefined }
    return Number.wide(WideComplex(real, imaginary))
  }

  /// The sum of two approximations; nil when too little of it is known.
  ///
  /// A result 2^200 below its terms is zero; one between 2^100 and 2^200 below them is neither certainly zero nor known
  /// well enough.
  private func sum(_ a: WideFloat, _ b: WideFloat) -> WideFloat? {
    if a.isZero { return b }
    if b.isZero { return a }
    let top = max(a.exponent, b.exponent)
    if !allowsAbsorption && min(a.exponent, b.exponent) < top - 100 { return nil }
    let result = a + b
    if result.isZero || result.exponent >= top - 100 { return result }
    return result.exponent < top - 200 ? .zero : nil
  }

  mutating func multiply(_ left: Number, _ right: Number) -> Number {
    if case .rational(let a, let b) = left, case .rational(let c, let d) = right {
      let (top, o1) = a.multipliedReportingOverflow(by: c)
      let (bottom, o2) = b.multipliedReportingOverflow(by: d)
      if !o1 && !o2 { return Number.fraction(top, bottom) }
    }
    return multiplySlowly(left, right)
  }

  private mutating func multiplySlowly(_ left: Number, _ right: Number) -> Number {
    if left.isUndefined || right.isUndefined || !spend(4) { return .undefined }
    if case .infinity = left { return infiniteProduct(left, right) }
    if case .infinity = right { return infiniteProduct(left, right) }
    if left.isZero || right.isZero { return .zero }
    if let a = left.bigRational, let b = right.bigRational, a.bits + b.bits <= exactBits {
      if !spend(20 + (a.bits + b.bits) / 8) { return .undefined }
      return Number.narrowed(BigRational(a.numerator * b.numerator, a.denominator * b.denominator))
    }
    if left.isRational && right.isRational, let a = left.hugeRational, let b = right.hugeRational {
      return Arithmetic.settled(
        HugeRational(
          first: PrimeField.first.multiply(a.first, b.first), second: PrimeField.second.multiply(a.second, b.second),
          approximation: a.approximation * b.approximation))
    }
    guard let a = left.wideComplex, let b = right.wideComplex else { return .undefined }
    return Number.wide(a * b)
  }

  private func infiniteProduct(_ left: Number, _ right: Number) -> Number {
    guard let a = left.sign, let b = right.sign, a != 0, b != 0 else { return .undefined }
    return .infinity(negative: a * b < 0)
  }

  func negate(_ value: Number) -> Number {
    switch value {
    case .rational(let numerator, let denominator): return .rational(-numerator, denominator)
    case .big(let value): return .big(BigRational(-value.numerator, value.denominator))
    case .huge(let value):
      return .huge(
        HugeRational(
          first: PrimeField.first.negate(value.first), second: PrimeField.second.negate(value.second),
          approximation: -value.approximation))
    case .real(let value): return .real(-value)
    case .complex(let value): return .complex(-value)
    case .infinity(let negative): return .infinity(negative: !negative)
    case .undefined: return .undefined
    }
  }

  mutating func subtract(_ left: Number, _ right: Number) -> Number { add(left, negate(right)) }

  mutating func divide(_ left: Number, _ right: Number) -> Number {
    if case .infinity = right, left.sign != nil, !left.isInfinite { return .zero }
    return multiply(left, inverse(right))
  }

  mutating func inverse(_ value: Number) -> Number {
    switch value {
    case .rational(let numerator, let denominator):
      if numerator == 0 { return .undefined }
      return numerator < 0 ? .rational(-denominator, -numerator) : .rational(denominator, numerator)
    case .big(let value): return Number.narrowed(BigRational(value.denominator, value.numerator))
    case .huge(let value):
      guard let first = PrimeField.first.inverse(value.first), let second = PrimeField.second.inverse(value.second),
        !value.approximation.isZero
      else { return .undefined }
      return .huge(HugeRational(first: first, second: second, approximation: value.approximation.reciprocal))
    case .real(let value): return value.isZero || !spend(30) ? .undefined : .real(value.reciprocal)
    case .complex(let value):
      guard spend(60), let result = WideComplex(.one) / value else { return .undefined }
      return Number.wide(result)
    case .infinity, .undefined: return .undefined
    }
  }

  /// A huge fraction, or the small one that it turns out to be.
  static func settled(_ value: HugeRational) -> Number {
    if value.approximation.exponent < 64, let (top, bottom) = PrimeField.first.smallFraction(value.first),
      PrimeField.second.residue(top, over: bottom) == value.second
    {
      return Number.fraction(top, bottom)
    }
    // An exact value whose leading bits cancelled away has no known size.
    return value.approximation.isZero ? .undefined : .huge(value)
  }
}

extension Number {
  var isInfinite: Bool {
    if case .infinity = self { return true }
    return false
  }
}
