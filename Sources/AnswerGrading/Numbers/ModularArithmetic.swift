/// Arithmetic modulo a fixed 61-bit prime of the form 2^61 - c.
///
/// The two primes are 2^61 - 1 and 2^61 - 31. Both reduce a 122-bit product with shifts and additions only.
struct PrimeField: Sendable {
  let modulus: UInt64
  private let offset: UInt64

  static let first = PrimeField(offset: 1)
  static let second = PrimeField(offset: 31)

  private init(offset: UInt64) {
    self.offset = offset
    modulus = (1 << 61) - offset
  }

  @inline(__always)
  func reduce(_ value: UInt64) -> UInt64 {
    let folded = (value & ((1 << 61) - 1)) + (value >> 61) * offset
    return folded >= modulus ? folded - modulus : folded
  }

  @inline(__always)
  func add(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let sum = left + right
    return sum >= modulus ? sum - modulus : sum
  }

  @inline(__always)
  func subtract(_ left: UInt64, _ right: UInt64) -> UInt64 {
    left >= right ? left - right : left + modulus - right
  }

  @inline(__always)
  func negate(_ value: UInt64) -> UInt64 { value == 0 ? 0 : modulus - value }

  @inline(__always)
  func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let mask: UInt64 = (1 << 61) - 1
    let (high, low) = left.multipliedFullWidth(by: right)
    let upper = (high << 3) | (low >> 61)
    if offset == 1 {
      let sum = (low & mask) + upper
      return sum >= modulus ? sum - modulus : sum
    }
    let (carry, scaled) = upper.multipliedFullWidth(by: offset)
    let folded = (scaled & mask) + ((carry << 3) | (scaled >> 61)) * offset
    return reduce((low & mask) + folded)
  }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var result: UInt64 = 1
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      rest >>= 1
      if rest > 0 { square = multiply(square, square) }
    }
    return result
  }

  /// The inverse by the extended Euclidean algorithm; nil for zero.
  func inverse(_ value: UInt64) -> UInt64? {
    if value == 0 { return nil }
    if value == 1 { return 1 }
    var (oldRest, rest) = (Int64(modulus), Int64(value))
    var (oldFactor, factor): (Int64, Int64) = (0, 1)
    while rest != 0 {
      let quotient = oldRest / rest
      (oldRest, rest) = (rest, oldRest - quotient * rest)
      (oldFactor, factor) = (factor, oldFactor - quotient * factor)
    }
    return oldFactor < 0 ? UInt64(oldFactor + Int64(modulus)) : UInt64(oldFactor)
  }

  @inline(__always)
  func residue(_ value: Int64) -> UInt64 {
    let magnitude = reduce(value.magnitude)
    return value < 0 ? negate(magnitude) : magnitude
  }

  /// The residue of a fraction; nil when the prime divides the denominator.
  func residue(_ numerator: Int64, over denominator: Int64) -> UInt64? {
    if denominator == 1 { return residue(numerator) }
    guard let inverse = inverse(residue(denominator)) else { return nil }
    return multiply(residue(numerator), inverse)
  }

  /// The fraction with numerator and denominator below 2^30 that has this residue, if there is one (rational reconstruction, Wang 1981).
  func smallFraction(_ value: UInt64) -> (Int64, Int64)? {
    let bound: Int64 = 1 << 30
    var (oldRest, rest) = (Int64(modulus), Int64(value))
    var (oldFactor, factor): (Int64, Int64) = (0, 1)
    while rest >= bound {
      let quotient = oldRest / rest
      (oldRest, rest) = (rest, oldRest - quotient * rest)
      (oldFactor, factor) = (factor, oldFactor - quotient * factor)
    }
    guard factor.magnitude < UInt64(bound), factor != 0 else { return nil }
    return factor < 0 ? (-rest, -factor) : (rest, factor)
  }
}
