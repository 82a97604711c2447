/// The element type of a numpy scalar or array: floats, integers and truth values; of a scalar also text.
struct NumpyElement: Hashable {
  /// What elements are, as numpy's type strings begin.
  enum Kind: Character {
    case float = "f"
    case signed = "i"
    case unsigned = "u"
    case boolean = "b"
    case text = "U"
  }

  /// What elements are.
  let kind: Kind
  // A value of a pickle is no larger for it.
  private let byteCount: Int32
  /// Whether the most significant byte comes first.
  var isBigEndian = false

  /// Reads a type string such as `f8` or `<f4`; `nil` for types that are no plain numbers.
  init?(_ text: String) {
    var rest = Substring(text)
    if let order = rest.first, "<>=|".contains(order) {
      isBigEndian = order == ">"
      rest.removeFirst()
    }
    guard let kind = rest.popFirst().flatMap(Kind.init), let size = Int32(rest) else { return nil }
    switch (kind, size) {
    case (.float, 2), (.float, 4), (.float, 8), (.signed, 1), (.signed, 2), (.signed, 4), (.signed, 8), (.unsigned, 1),
      (.unsigned, 2), (.unsigned, 4), (.unsigned, 8), (.boolean, 1):
      byteCount = size
    case (.text, 0...(1 << 28)): byteCount = 4 * size
    default: return nil
    }
    self.kind = kind
  }

  /// Bytes an element: 1, 2, 4 or 8; of text 4 a character.
  var size: Int { Int(byteCount) }

  /// The element at a place of raw bytes, exactly; `nil` where they end, or for integers that no double holds.
  func value(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard bytes.count == size, kind != .text else { return nil }
    var bits: UInt64 = 0
    for byte in isBigEndian ? Array(bytes) : bytes.reversed() { bits = bits << 8 | UInt64(byte) }
    switch (kind, size) {
    case (.float, 2): return Self.half(UInt16(truncatingIfNeeded: bits))
    case (.float, 4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case (.float, 8): return Double(bitPattern: bits)
    case (.signed, _):
      let shift = UInt64(64 - 8 * size)
      return Double(exactly: Int64(bitPattern: bits << shift) >> Int64(shift))
    default: return Double(exactly: bits)
    }
  }

  /// The whole of a scalar's bytes as the plain value that it stands for; `nil` where they do not fit.
  func scalar(_ bytes: [UInt8]) -> PickleValue? {
    switch kind {
    case .text: return text(bytes).map { .string($0) }
    case .boolean: return value(bytes[...]).map { .boolean($0 != 0) }
    case .signed, .unsigned: return value(bytes[...]).flatMap { Int(exactly: $0) }.map { .integer($0) }
    default: return value(bytes[...]).map { .double($0) }
    }
  }

  /// UTF-32 text; numpy fills it up with NUL characters, which do not count.
  private func text(_ bytes: [UInt8]) -> String? {
    guard bytes.count == size else { return nil }
    var text = String.UnicodeScalarView()
    for start in stride(from: 0, to: size, by: 4) {
      let unit = isBigEndian ? Array(bytes[start..<start + 4]) : bytes[start..<start + 4].reversed()
      guard let scalar = Unicode.Scalar(unit.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }) else { return nil }
      text.append(scalar)
    }
    while text.last == "\0" { text.removeLast() }
    return String(text)
  }

  /// IEEE 754 binary16, whose values doubles hold exactly.
  private static func half(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3ff)
    let exponent = Int(bits >> 10 & 0x1f)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
      }
    return bits >> 15 == 1 ? -magnitude : magnitude
  }
}
