extension JSONCursor {
  /// Writes the text of a checked string's bytes, escapes resolved.
  ///
  /// - Parameter text: At least as many bytes as `raw`: an escape is never shorter than what it stands for.
  /// - Returns: The number of bytes written.
  static func decode(_ raw: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) -> Int {
    var read = 0
    var written = 0
    while true {
      let plain = plainBytes(of: raw, from: read, into: text, at: written)
      read += plain
      written += plain
      guard read < raw.count else { return written }
      if raw[read] == UInt8(ascii: "\\") {
        resolveEscape(raw, &read, text, &written)
      } else {
        text[written] = raw[read]
        read += 1
        written += 1
      }
    }
  }

  /// Adds the text of a checked string's bytes to an array, escapes resolved.
  static func decode(_ raw: UnsafeRawBufferPointer, into text: inout [UInt8]) {
    let start = text.count
    text.append(contentsOf: raw)
    let written = text.withUnsafeMutableBytes { buffer in
      decode(raw, into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
    }
    text.removeLast(raw.count - written)
  }

  /// Copies eight bytes at a time up to the next backslash, as long as eight are left.
  @inline(__always)
  private static func plainBytes(
    of raw: UnsafeRawBufferPointer, from start: Int, into text: UnsafeMutableRawBufferPointer, at target: Int
  ) -> Int {
    let lows: UInt64 = 0x0101_0101_0101_0101
    var copied = 0
    while start + copied + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: start + copied, as: UInt64.self)
      text.storeBytes(of: word, toByteOffset: target + copied, as: UInt64.self)
      let backslash = UInt64(littleEndian: word) ^ (lows &* 0x5c)
      let marks = (backslash &- lows) & ~backslash & 0x8080_8080_8080_8080
      if marks != 0 { return copied + marks.trailingZeroBitCount >> 3 }
      copied += 8
    }
    return copied
  }

  /// Writes what a checked escape stands for, at most four bytes, and moves on.
  static func resolveEscape(
    _ raw: UnsafeRawBufferPointer, _ read: inout Int, _ text: UnsafeMutableRawBufferPointer, _ written: inout Int
  ) {
    let character = raw[read + 1]
    if character == UInt8(ascii: "u") {
      resolveUnicode(raw, &read, text, &written)
      return
    }
    text[written] =
      switch character {
      case UInt8(ascii: "n"): 0x0a
      case UInt8(ascii: "t"): 0x09
      case UInt8(ascii: "r"): 0x0d
      case UInt8(ascii: "b"): 0x08
      case UInt8(ascii: "f"): 0x0c
      default: character
      }
    read += 2
    written += 1
  }

  private static func resolveUnicode(
    _ raw: UnsafeRawBufferPointer, _ read: inout Int, _ text: UnsafeMutableRawBufferPointer, _ written: inout Int
  ) {
    var code = hexadecimal(raw, at: read + 2) ?? 0xfffd
    read += 6
    if code & 0xfc00 == 0xd800, read + 1 < raw.count, raw[read] == UInt8(ascii: "\\"),
      raw[read + 1] == UInt8(ascii: "u"), let low = hexadecimal(raw, at: read + 2), low & 0xfc00 == 0xdc00
    {
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      read += 6
    }
    let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      text[written] = byte
      written += 1
    }
  }
}
