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
    return Self.shortened(String(decoding: bytes[position..<min(position + 44, bytes.count)], as: UTF8.self))
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
