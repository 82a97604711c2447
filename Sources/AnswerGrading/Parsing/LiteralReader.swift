import BigInt

/// Reads the bytes of a number token.
enum LiteralReader {
  /// The number written in the bytes; nil when there is no digit.
  static func read(_ bytes: ArraySlice<UInt8>) -> Literal? {
    var scan = DigitScan()
    scan.run(bytes)
    guard scan.digits > 0 else { return nil }
    return scan.literal(bytes)
  }

  /// `0.1333` before dots: the shortest block at the end that is written at least twice, a single digit three times,
  /// goes on for ever; nil when there is none.
  static func repeated(_ bytes: ArraySlice<UInt8>) -> Literal? {
    guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), bytes.count <= 64 else { return nil }
    let decimals = Array(bytes[(point + 1)...])
    guard decimals.allSatisfy(\.isDigit) else { return nil }
    for length in 1...12 where decimals.count >= (length == 1 ? 3 : 2 * length) {
      let block = decimals.suffix(length)
      let copies = length == 1 ? 3 : 2
      let tail = decimals.suffix(length * copies)
      guard tail.enumerated().allSatisfy({ $1 == block[block.startIndex + $0 % length] }) else { continue }
      return read(bytes[..<(bytes.endIndex - length)] + Array("\\overline{".utf8) + block + [UInt8(ascii: "}")])
    }
    return nil
  }
}

/// One pass over the bytes of a number.
private struct DigitScan {
  var mantissa: UInt64 = 0
  var overflowed = false
  var digits = 0
  var significant = 0
  var decimals = 0
  var repeating = 0
  var exponent = 0
  private var point = false
  private var bar = false

  mutating func run(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte.isDigit {
        take(byte)
      } else if byte == UInt8(ascii: ".") {
        point = true
      } else if byte == UInt8(ascii: ",") && isDecimalComma(bytes, index) {
        point = true
      } else if byte == UInt8(ascii: "\\") {
        index = skipCommand(bytes, index)
        continue
      } else if byte | 32 == UInt8(ascii: "e") {
        readExponent(bytes[(index + 1)...])
        return
      }
      index += 1
    }
  }

  private func isDecimalComma(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Bool {
    index + 3 == bytes.endIndex && bytes[index + 1].isDigit && bytes[index + 2].isDigit
  }

  private mutating func skipCommand(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    var next = index + 1
    if next < bytes.endIndex, bytes[next].isLetter {
      while next < bytes.endIndex, bytes[next].isLetter { next += 1 }
      bar = true
      return next
    }
    return next + 1
  }

  private mutating func take(_ byte: UInt8) {
    digits += 1
    if significant > 0 || byte != 48 { significant += 1 }
    if point { decimals += 1 }
    if bar { repeating += 1 }
    if significant > 18 {
      overflowed = true
    } else {
      mantissa = mantissa &* 10 &+ UInt64(byte - 48)
    }
  }

  private mutating func readExponent(_ bytes: ArraySlice<UInt8>) {
    var value = 0
    var negative = false
    for byte in bytes {
      if byte == UInt8(ascii: "-") { negative = true }
      if byte.isDigit { value = min(value * 10 + Int(byte - 48), 1 << 50) }
    }
    exponent = negative ? -value : value
  }

  func literal(_ bytes: ArraySlice<UInt8>) -> Literal {
    let decimal = decimals > 0 || exponent < 0
    var value = overflowed ? longValue(bytes) : shortValue()
    if repeating > 0 { value = repeatingValue(bytes) }
    return Literal(
      value: value, significantDigits: Int32(clamping: significant),
      decimalPlaces: Int32(clamping: decimals - exponent), isDecimal: decimal && repeating == 0,
      isRepeating: repeating > 0)
  }

  private func shortValue() -> Number {
    let power = exponent - decimals
    if power == 0 { return .rational(Int64(mantissa), 1) }
    if power < 0 && power >= -18 { return Number.fraction(Int64(mantissa), LiteralScale.powers[-power]) }
    return LiteralScale.scale(.rational(Int64(mantissa), 1), power)
  }

  private func digitBytes(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex, result.count < digits {
      if bytes[index].isDigit { result.append(bytes[index] - 48) }
      index += 1
    }
    return result
  }

  private func longValue(_ bytes: ArraySlice<UInt8>) -> Number {
    LiteralScale.scale(LiteralScale.integer(digitBytes(bytes)[...]), exponent - decimals)
  }

  /// a.b(c) as (abc - ab) / (10^(b + c) - 10^b).
  private func repeatingValue(_ bytes: ArraySlice<UInt8>) -> Number {
    let all = digitBytes(bytes)
    guard all.count <= 200 else { return .undefined }
    let whole = BigInt(LiteralScale.decimal(all[...]))
    let head = BigInt(LiteralScale.decimal(all.dropLast(repeating)))
    let bottom = BigInt(10).power(decimals) - BigInt(10).power(decimals - repeating)
    return Number.narrowed(BigRational(whole - head, bottom))
  }
}

/// Integers from digits and their powers of ten, exact up to a length and as residues beyond it.
enum LiteralScale {
  static let powers: [Int64] = {
    var result: [Int64] = [1]
    for index in 0..<18 { result.append(result[index] * 10) }
    return result
  }()

  static func decimal(_ digits: ArraySlice<UInt8>) -> BigUInt {
    var result = BigUInt(0)
    var chunk: UInt64 = 0
    var length = 0
    for digit in digits {
      chunk = chunk * 10 + UInt64(digit)
      length += 1
      if length == 18 {
        result = result * BigUInt(1_000_000_000_000_000_000) + BigUInt(chunk)
        (chunk, length) = (0, 0)
      }
    }
    return length == 0 ? result : result * BigUInt(UInt64(powers[length])) + BigUInt(chunk)
  }

  static func integer(_ digits: ArraySlice<UInt8>) -> Number {
    let trimmed = digits.drop { $0 == 0 }
    if trimmed.count <= 2_400 { return Number.narrowed(BigRational(BigInt(decimal(trimmed)), 1)) }
    var first: UInt64 = 0
    var second: UInt64 = 0
    for digit in trimmed {
      first = PrimeField.first.add(PrimeField.first.multiply(first, 10), UInt64(digit))
      second = PrimeField.second.add(PrimeField.second.multiply(second, 10), UInt64(digit))
    }
    let leading = BigRational(BigInt(decimal(trimmed.prefix(90))), 1).wide
    var arithmetic = Arithmetic(budget: 1_000, exactBits: 64)
    let power = arithmetic.integerPower(.rational(10, 1), Int64(trimmed.count - 90))
    guard let scale = power.wide else { return .undefined }
    return .huge(HugeRational(first: first, second: second, approximation: leading * scale))
  }

  /// The value times a power of ten.
  static func scale(_ value: Number, _ power: Int) -> Number {
    if power == 0 || value.isZero { return value }
    var arithmetic = Arithmetic(budget: 10_000, exactBits: 4_096)
    let factor = arithmetic.integerPower(.rational(10, 1), Int64(power))
    return arithmetic.multiply(value, factor)
  }
}
