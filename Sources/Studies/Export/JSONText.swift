/// JSON (RFC 8259) written byte by byte: keys in the order in which they are written, numbers so that they read back bit
/// for bit.
struct JSONText {
  /// What has been written.
  private(set) var bytes: [UInt8] = []
  /// Whether the next member of the innermost object or list is its first.
  private var isFirst = true

  /// Forgets what has been written and keeps the room for it.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isFirst = true
  }

  /// Writes an object, or a member that is one.
  mutating func object(_ key: String? = nil, _ body: (inout JSONText) throws -> Void) rethrows {
    begin(key)
    try enclosed("{", "}", body)
  }

  /// Writes a list, or a member that is one.
  mutating func list(_ key: String? = nil, _ body: (inout JSONText) throws -> Void) rethrows {
    begin(key)
    try enclosed("[", "]", body)
  }

  /// Writes a text.
  mutating func write(_ key: String? = nil, _ text: some StringProtocol) {
    begin(key)
    append(quoted: text)
  }

  /// Writes a member that is left out where there is no text.
  mutating func write(_ key: String, ifPresent text: String?) {
    if let text { write(key, text) }
  }

  /// Writes a number: the shortest decimal that reads back to the same number.
  mutating func write(_ key: String? = nil, _ number: Double) {
    begin(key)
    bytes.append(contentsOf: number.description.utf8)
  }

  /// Writes a whole number.
  mutating func write(_ key: String? = nil, _ number: some BinaryInteger) {
    begin(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes a truth value.
  mutating func write(_ key: String, _ value: Bool) {
    begin(key)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes a member that is null.
  mutating func writeNull(_ key: String) {
    begin(key)
    bytes.append(contentsOf: "null".utf8)
  }

  /// Ends a line.
  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private mutating func begin(_ key: String?) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    guard let key else { return }
    append(quoted: key)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func enclosed(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONText) throws -> Void
  ) rethrows {
    bytes.append(UInt8(ascii: opening))
    isFirst = true
    try body(&self)
    bytes.append(UInt8(ascii: closing))
    isFirst = false
  }

  private mutating func append(quoted text: some StringProtocol) {
    bytes.append(UInt8(ascii: "\""))
    var copy = String(text)
    copy.withUTF8 { utf8 in
      var start = 0
      for (position, byte) in utf8.enumerated() where Self.mustBeEscaped(byte) {
        bytes.append(contentsOf: utf8[start..<position])
        append(escaped: byte)
        start = position + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func append(escaped byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x22, 0x5c: bytes.append(byte)
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: ("u00" + (digits.count == 1 ? "0" : "") + digits).utf8)
    }
  }
}
