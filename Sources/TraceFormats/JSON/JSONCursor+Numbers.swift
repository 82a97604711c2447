import Traces

extension JSONCursor {
  /// A number's parts after the grammar's check.
  struct NumberToken {
    /// The bytes of the whole number.
    let range: Range<Int>
    /// The digits as an integer; meaningless when there are more than 19.
    var mantissa: UInt64 = 0
    /// The digits in the mantissa, leading zeros left out.
    var digits = 0
    /// The power of ten that the mantissa is multiplied by.
    var exponent = 0
    /// Whether there is a minus sign.
    var isNegative = false
    /// Whether it is written without fraction and exponent.
    var isInteger = true
  }

  /// Reads a finite number, rounded to the nearest double (ties to even).
  ///
  /// - Throws: `UnacceptableData` for another kind of value, bare NaN or Infinity, and numbers beyond a double's range.
  mutating func double() throws -> Double {
    skipSpace()
    if let value = longFraction() { return value }
    let token = try numberToken()
    if let exact = Self.exactDouble(token) { return exact }
    let text = String(decoding: bytes[token.range], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      position = token.range.lowerBound
      throw failure(found: Self.shortened(text), expected: "a number that a double can hold")
    }
    return value
  }

  /// Reads a number, or null as nothing.
  mutating func optionalDouble() throws -> Double? {
    if try takeNull() { return nil }
    return try double()
  }

  /// Reads a whole number that 64 bits hold; `7.0` counts as one, up to 2^53.
  mutating func integer() throws -> Int {
    skipSpace()
    let start = position
    guard kind() == .number || kind() == .other || kind() == .null else { throw mismatch(expected: "a whole number") }
    let token = try numberToken()
    if token.isInteger, token.digits <= 19 {
      // 19 digits fit 64 bits, but not all of them a signed number.
      if let whole = Int(exactly: token.mantissa) { return token.isNegative ? -whole : whole }
      if token.isNegative, token.mantissa == Int.min.magnitude { return Int.min }
    }
    let text = String(decoding: bytes[token.range], as: UTF8.self)
    if !token.isInteger, let value = Double(text), let whole = Int(exactly: value), abs(value) <= 0x1p53 {
      return whole
    }
    position = start
    throw failure(
      found: Self.shortened(text),
      expected: token.isInteger ? "a whole number from -2^63 to 2^63 - 1" : "a whole number")
  }

  /// Reads a whole number, or null as nothing.
  mutating func optionalInteger() throws -> Int? {
    if try takeNull() { return nil }
    return try integer()
  }

  /// Moves over a number by the strict grammar `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
  mutating func numberToken() throws -> NumberToken {
    skipSpace()
    let start = position
    var token = NumberToken(range: start..<start)
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") {
      token.isNegative = true
      position += 1
    }
    let leading = position
    guard takeDigits(into: &token) > 0 else { throw notANumber(from: start) }
    if position - leading > 1, bytes[leading] == 0x30 {
      position = start
      throw failure(found: "\(describeNext()), with a leading zero", expected: "a number")
    }
    try takeFraction(into: &token, start: start)
    try takeExponent(into: &token, start: start)
    return NumberToken(
      range: start..<position, mantissa: token.mantissa, digits: token.digits, exponent: token.exponent,
      isNegative: token.isNegative, isInteger: token.isInteger)
  }

  @inline(__always)
  private mutating func takeDigits(into token: inout NumberToken) -> Int {
    let start = position
    while position < bytes.count {
      let digit = bytes[position] &- 0x30
      guard digit <= 9 else { break }
      if token.digits > 0 || digit > 0, let eight = Self.eightDigits(bytes, at: position) {
        token.digits += 8
        token.mantissa = token.mantissa &* 100_000_000 &+ eight
        position += 8
        continue
      }
      if token.digits > 0 || digit > 0 { token.digits += 1 }
      token.mantissa = token.mantissa &* 10 &+ UInt64(digit)
      position += 1
    }
    return position - start
  }

  /// Reads a number from `0.` on with 16 to 19 digits and no exponent, as programs write most scores; `nil` leaves it where it
  /// is.
  @inline(__always)
  private mutating func longFraction() -> Double? {
    guard position &+ 24 <= bytes.count,
      UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt16.self)) == 0x2e30,
      let first = Self.eightDigits(bytes, at: position &+ 2), let second = Self.eightDigits(bytes, at: position &+ 10)
    else { return nil }
    var mantissa = first &* 100_000_000 &+ second
    var end = position &+ 18
    while end < position &+ 21, case let digit = bytes[end] &- 0x30, digit <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      end &+= 1
    }
    guard bytes[end] &- 0x30 > 9, bytes[end] | 0x20 != UInt8(ascii: "e") else { return nil }
    let value = Self.quotient(mantissa, powerOfTen: end &- position &- 2)
    position = end
    return value
  }

  /// The number that eight bytes spell; `nil` where they are not all digits.
  ///
  /// Neighbouring digits are joined to numbers of two, four and eight digits, all pairs by one multiplication.
  @inline(__always)
  private static func eightDigits(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64? {
    guard start + 8 <= bytes.count else { return nil }
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let highs: UInt64 = 0xf0f0_f0f0_f0f0_f0f0
    let zeros: UInt64 = 0x3030_3030_3030_3030
    // From `0` to `9` a byte begins with 3, and still does with 6 more.
    guard word & highs == zeros, (word &+ 0x0606_0606_0606_0606) & highs == zeros else { return nil }
    let digits = word &- zeros
    let twos = (digits &* 10 &+ digits >> 8) & 0x00ff_00ff_00ff_00ff
    let fours = (twos &* 100 &+ twos >> 16) & 0x0000_ffff_0000_ffff
    return (fours &* 10_000 &+ fours >> 32) & 0xffff_ffff
  }

  private mutating func takeFraction(into token: inout NumberToken, start: Int) throws {
    guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return }
    position += 1
    token.isInteger = false
    let places = takeDigits(into: &token)
    guard places > 0 else { throw notANumber(from: start) }
    token.exponent = -places
  }

  private mutating func takeExponent(into token: inout NumberToken, start: Int) throws {
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return }
    position += 1
    token.isInteger = false
    var isNegative = false
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
      isNegative = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    var exponent = 0
    let digits = position
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit <= 9 {
      exponent = min(exponent * 10 + Int(digit), 100_000)
      position += 1
    }
    guard position > digits else { throw notANumber(from: start) }
    token.exponent += isNegative ? -exponent : exponent
  }

  private mutating func notANumber(from start: Int) -> UnacceptableData {
    position = start
    for name in ["NaN", "Infinity", "-Infinity"] where bytes[start...].starts(with: name.utf8) {
      return failure(
        found: "a bare \(name), which is not JSON", expected: "a number",
        remedy: "write null or leave the record out; Python's json.dumps(..., allow_nan=False) finds the place")
    }
    return mismatch(expected: "a number")
  }
}
