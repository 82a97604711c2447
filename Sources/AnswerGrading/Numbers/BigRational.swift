import BigInt

/// An exact fraction of big integers in lowest terms with a positive denominator.
struct BigRational: Sendable, Equatable {
  let numerator: BigInt
  let denominator: BigInt

  init(_ numerator: BigInt, _ denominator: BigInt) {
    if denominator == 1 {
      self.numerator = numerator
      self.denominator = denominator
      return
    }
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator.sign == .minus ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// The number of bits of numerator and denominator together.
  var bits: Int { numerator.magnitude.bitWidth + denominator.magnitude.bitWidth }

  var wide: WideFloat {
    let top = BigRational.wide(numerator)
    return denominator == 1 ? top : top / BigRational.wide(denominator)
  }

  /// The leading 256 bits of a big integer.
  private static func wide(_ value: BigInt) -> WideFloat {
    let words = value.magnitude.words
    let count = words.count
    func limb(_ index: Int) -> UInt64 { index >= 0 ? UInt64(words[index]) : 0 }
    let top = WideFloat.normalized(
      negative: value.sign == .minus, exponent: count * 64,
      (limb(count - 1), limb(count - 2), limb(count - 3), limb(count - 4)))
    if count <= 4 { return top }
    let rest = WideFloat.normalized(
      negative: value.sign == .minus, exponent: (count - 4) * 64, (limb(count - 5), 0, 0, 0))
    return top + rest
  }

  func residue(in field: PrimeField) -> UInt64? {
    let bottom = BigRational.residue(denominator, in: field)
    guard let inverse = field.inverse(bottom) else { return nil }
    return field.multiply(BigRational.residue(numerator, in: field), inverse)
  }

  private static func residue(_ value: BigInt, in field: PrimeField) -> UInt64 {
    let shift = field.power(2, 64)
    var result: UInt64 = 0
    for word in value.magnitude.words.reversed() {
      result = field.add(field.multiply(result, shift), field.reduce(UInt64(word)))
    }
    return value.sign == .minus ? field.negate(result) : result
  }
}

/// An exact fraction too long to write down: its residues modulo the two primes and its leading 256 bits.
struct HugeRational: Sendable {
  var first: UInt64
  var second: UInt64
  var approximation: WideFloat
}
