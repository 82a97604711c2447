import Traces

/// A reading position in one JSON text (RFC 8259): the bulk readers' scanner.
///
/// It reads values straight into what a reader needs, without building a tree in between. The grammar is strict: no
/// bare NaN or Infinity, no comments, no trailing commas, valid UTF-8, nesting of at most `maximumDepth`. Errors are
/// `UnacceptableData` with the byte's offset and the field's path, which the containers fill in on the way out.
///
/// The bytes must outlive the cursor; it is used inside the closure that lends them.
struct JSONCursor {
  /// How deep arrays and objects may be nested.
  static let maximumDepth = 2048

  /// The whole text.
  let bytes: UnsafeRawBufferPointer
  /// The text's offset in the decompressed file, for messages.
  let origin: Int
  /// The offset of the next byte to read.
  var position = 0
  /// How many containers are open.
  var depth = 0
  /// Whether invalid UTF-8 and lone surrogates become U+FFFD and control characters stand, instead of being refused: for
  /// texts that somebody else has to judge.
  var repairsText = false
  /// Where strings are put together.
  let scratch = TextScratch()

  init(_ bytes: UnsafeRawBufferPointer, origin: Int = 0) {
    self.bytes = bytes
    self.origin = origin
  }

  /// What the next value is, by its first character.
  enum Kind {
    case object
    case array
    case string
    case number
    case boolean
    case null
    case other
  }

  /// Moves over white space.
  @inline(__always)
  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }

  /// The next character after white space, without reading it; 0 at the end.
  @inline(__always)
  mutating func peek() -> UInt8 {
    skipSpace()
    return position < bytes.count ? bytes[position] : 0
  }

  /// The kind of the next value, judged by its first character.
  mutating func kind() -> Kind {
    switch peek() {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "-"), 0x30...0x39: .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .other
    }
  }

  /// Reads one character if it comes next.
  @inline(__always)
  mutating func take(_ character: UInt8) -> Bool {
    guard peek() == character, position < bytes.count else { return false }
    position += 1
    return true
  }

  /// Checks that nothing follows the value.
  mutating func end() throws {
    skipSpace()
    guard position == bytes.count else {
      throw failure(found: describeNext(), expected: "the end of the record")
    }
  }
}
