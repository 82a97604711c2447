import Traces

extension JSONCursor {
  /// A string's place in the text, checked: escapes, surrogates and UTF-8 are valid.
  struct StringToken {
    /// The bytes between the quotes.
    let range: Range<Int>
    /// Whether there are escapes among them.
    let hasEscapes: Bool
  }

  /// Reads a string.
  ///
  /// - Throws: `UnacceptableData` for another kind of value, control characters, wrong escapes, lone surrogates (they
  ///   have no UTF-8) and invalid UTF-8, with the byte's offset.
  mutating func string() throws -> String {
    guard peek() == UInt8(ascii: "\"") else { throw mismatch(expected: "a string") }
    position += 1
    let start = position
    skipPlain()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return try resolvedString(from: start) }
    position += 1
    return String(decoding: bytes[start..<position - 1], as: UTF8.self)
  }

  /// Reads a string and adds its UTF-8 to an array.
  mutating func appendString(to text: inout [UInt8]) throws {
    guard peek() == UInt8(ascii: "\"") else { throw mismatch(expected: "a string") }
    let token = try stringToken()
    let raw = UnsafeRawBufferPointer(rebasing: bytes[token.range])
    if token.hasEscapes {
      Self.decode(raw, into: &text)
    } else {
      text.append(contentsOf: raw)
    }
  }

  /// Reads a string, or null as nothing.
  mutating func optionalString() throws -> String? {
    if try takeNull() { return nil }
    return try string()
  }

  /// Moves over a string, checking it; the cursor stands at its opening quote.
  ///
  mutating func stringToken() throws -> StringToken {
    position += 1
    let start = position
    var hasEscapes = false
    while true {
      skipPlain()
      guard position < bytes.count else { throw failure(found: "the end of the record", expected: "a closing quote") }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return StringToken(range: start..<position - 1, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape()
      } else if byte >= 0x80 {
        try skipMultibyte()
      } else if byte < 0x20, !repairsText {
        throw failure(found: "a control character (\(byte)) inside a string", expected: "an escape such as \\n")
      } else {
        position += 1
      }
    }
  }

  /// Moves over plain bytes: no quote, no backslash, no control character, all ASCII.
  @inline(__always)
  mutating func skipPlain() {
    while position &+ PlainBytes.width <= bytes.count {
      let plain = PlainBytes(bytes, at: position).count
      position &+= plain
      if plain < PlainBytes.width { return }
    }
  }

  mutating func skipEscape() throws {
    let escape = position
    guard position + 1 < bytes.count else { throw failure(found: "the end of the record", expected: "an escape") }
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      try skipUnicodeEscape()
    default:
      position = escape
      throw failure(found: "the escape \(describeNext())", expected: #"one of \" \\ \/ \b \f \n \r \t \uXXXX"#)
    }
  }

  private mutating func skipUnicodeEscape() throws {
    let escape = position
    guard let unit = Self.hexadecimal(bytes, at: position + 2) else {
      throw failure(found: "the escape \(describeNext())", expected: "four hexadecimal digits after \\u")
    }
    position += 6
    guard unit & 0xf800 == 0xd800 else { return }
    let isHigh = unit < 0xdc00
    if isHigh, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u"), let low = Self.hexadecimal(bytes, at: position + 2),
      low & 0xfc00 == 0xdc00
    {
      position += 6
      return
    }
    guard !repairsText else { return }
    position = escape
    throw failure(found: "half of a surrogate pair", expected: "both halves, or a character that has a code of its own")
  }

  static func hexadecimal(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for offset in start..<start + 4 {
      let byte = bytes[offset]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }

  /// One character beyond ASCII, checked by the table of well-formed sequences (Unicode 15, table 3-7).
  mutating func skipMultibyte() throws {
    let lead = bytes[position]
    let second: ClosedRange<UInt8>
    let length: Int
    switch lead {
    case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    default: return try refuseByte()
    }
    guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return try refuseByte() }
    for offset in 2..<max(length, 2) where bytes[position + offset] & 0xc0 != 0x80 { return try refuseByte() }
    position += length
  }

  /// A byte that belongs to no character: an error, or left to be replaced where text is repaired.
  private mutating func refuseByte() throws {
    guard repairsText else { throw invalidUTF8() }
    position += 1
  }

  private func invalidUTF8() -> UnacceptableData {
    failure(
      found: "bytes that are not valid UTF-8 (0x\(String(bytes[position], radix: 16)))", expected: "UTF-8 text",
      remedy: "convert the file, for instance with iconv")
  }
}
