import Foundation
import Traces

extension JSONCursor {
  /// A refusal at the cursor's position.
  func failure(found: String, expected: String, remedy: String? = nil) -> UnacceptableData {
    UnacceptableData(byte: origin + position, found: found, expected: expected, remedy: remedy)
  }

  /// A refusal of the next value for its kind.
  mutating func mismatch(expected: String) -> UnacceptableData {
    let isEmptyHanded = peek() == 0 && position == bytes.count
    return failure(found: isEmptyHanded ? "the end of the record" : describeNext(), expected: expected)
  }

  /// What comes next, shortened.
  mutating func describeNext() -> String {
    skipSpace()
    guard position < bytes.count else { return "the end of the record" }
    guard isUTF8Next else { return "bytes that are not valid UTF-8 (0x\(String(bytes[position], radix: 16)))" }
    return Self.shortened(String(decoding: bytes[position..<min(position + 44, bytes.count)], as: UTF8.self))
  }

  /// Whether a character comes next, and no bytes that are none.
  private var isUTF8Next: Bool {
    (1...4).contains { count in
      String(validating: bytes[position..<min(position + count, bytes.count)], as: UTF8.self) != nil
    }
  }

  /// At most 40 characters of a text, on one line.
  static func shortened(_ text: String) -> String {
    let line = text.prefix(40).unicodeScalars.map { scalar in
      if CharacterSet.newlines.contains(scalar) { return " " }
      return scalar.value < 0x20 || scalar.value == 0x7f ? scalar.escaped(asASCII: true) : String(scalar)
    }.joined()
    return text.count > 40 ? line + "..." : line
  }
}
