import BigInt

/// A constant: exact as long as it is rational, and 256 bits wide where it is not.
enum Number: Sendable {
  /// A fraction in lowest terms with a positive denominator.
  case rational(Int64, Int64)
  case big(BigRational)
  case huge(HugeRational)
  case real(WideFloat)
  case complex(WideComplex)
  case infinity(negative: Bool)
  case undefined

  static let zero = Number.rational(0, 1)
  static let one = Number.rational(1, 1)

  var isUndefined: Bool {
    if case .undefined = self { return true }
    return false
  }

  var isZero: Bool {
    switch self {
    case .rational(let numerator, _): return numerator == 0
    case .real(let value): return value.isZero
    case .complex(let value): return value.isZero
    default: return false
    }
  }

  /// The value when it is an integer of 64 bits.
  var integer: Int64? {
    if case .rational(let numerator, 1) = self { return numerator }
    return nil
  }

  var isRational: Bool {
    switch self {
    case .rational, .big, .huge: return true
    default: return false
    }
  }

  /// The real value in 256 bits; nil for complex, infinite and undefined values.
  var wide: WideFloat? {
    switch self {
    case .rational(let numerator, let denominator): return Number.wide(numerator, denominator)
    case .big(let value): return value.wide
    case .huge(let value): return value.approximation
    case .real(let value): return value
    case .complex(let value): return value.isReal ? value.real : nil
    default: return nil
    }
  }

  /// The complex value in 256 bits; nil for infinite and undefined values.
  var wideComplex: WideComplex? {
    if case .complex(let value) = self { return value }
    guard let real = wide else { return nil }
    return WideComplex(real)
  }

  static func wide(_ numerator: Int64, _ denominator: Int64) -> WideFloat {
    let top = WideFloat(numerator)
    return denominator == 1 ? top : top.divided(by: UInt64(denominator))
  }

  /// A complex value, real when its imaginary part is zero.
  static func wide(_ value: WideComplex) -> Number { value.isReal ? .real(value.real) : .complex(value) }

  /// A fraction of 64-bit integers in lowest terms; undefined when the denominator is zero.
  static func fraction(_ numerator: Int64, _ denominator: Int64) -> Number {
    if denominator == 1 { return .rational(numerator, 1) }
    if denominator == 0 { return .undefined }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let top = numerator.magnitude / divisor
    let bottom = denominator.magnitude / divisor
    let negative = (numerator < 0) != (denominator < 0)
    guard top <= UInt64(Int64.max), bottom <= UInt64(Int64.max) else {
      return .big(BigRational(BigInt(numerator), BigInt(denominator)))
    }
    return .rational(negative ? -Int64(top) : Int64(top), Int64(bottom))
  }

  /// A big fraction, narrowed to 64 bits where it fits.
  static func narrowed(_ value: BigRational) -> Number {
    if let numerator = Int64(exactly: value.numerator), let denominator = Int64(exactly: value.denominator),
      numerator != Int64.min
    {
      return .rational(numerator, denominator)
    }
    return .big(value)
  }

  /// The exact value as a big fraction; nil when it is not rational or too long.
  var bigRational: BigRational? {
    switch self {
    case .rational(let numerator, let denominator): return BigRational(BigInt(numerator), BigInt(denominator))
    case .big(let value): return value
    default: return nil
    }
  }

  /// The exact value as residues; nil when it is not rational.
  var hugeRational: HugeRational? {
    switch self {
    case .rational(let numerator, let denominator):
      guard let first = PrimeField.first.residue(numerator, over: denominator),
        let second = PrimeField.second.residue(numerator, over: denominator)
      else { return nil }
      return HugeRational(first: first, second: second, approximation: Number.wide(numerator, denominator))
    case .big(let value):
      guard let first = value.residue(in: .first), let second = value.residue(in: .second) else { return nil }
      return HugeRational(first: first, second: second, approximation: value.wide)
    case .huge(let value): return value
    default: return nil
    }
  }

  /// -1, 0 or 1 for real values; nil where there is no sign.
  var sign: Int? {
    switch self {
    case .rational(let numerator, _): return Int(numerator.signum())
    case .infinity(let negative): return negative ? -1 : 1
    default:
      guard let value = wide else { return nil }
      return value.isZero ? 0 : (value.negative ? -1 : 1)
    }
  }

  static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    if left == 0 { return right }
    if right == 0 { return left }
    var a = left
    var b = right
    let shift = (a | b).trailingZeroBitCount
    a >>= UInt64(a.trailingZeroBitCount)
    while b != 0 {
      b >>= UInt64(b.trailingZeroBitCount)
      if a > b { swap(&a, &b) }
      b -= a
    }
    return a << UInt64(shift)
  }
}
