import Foundation
import Traces

/// An object's key as it stands in the text.
struct JSONKey {
  /// The bytes between the quotes.
  let bytes: UnsafeRawBufferPointer
  /// Whether there are escapes among them.
  let hasEscapes: Bool

  /// The key as a string.
  var text: String {
    guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
    var decoded: [UInt8] = []
    JSONCursor.decode(bytes, into: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Whether both keys read the same, byte by byte.
  func isSame(as other: JSONKey) -> Bool {
    guard hasEscapes || other.hasEscapes else { return bytes.elementsEqual(other.bytes) }
    return text.isSameText(as: other.text)
  }

  /// Whether the key begins so.
  func hasPrefix(_ prefix: StaticString) -> Bool {
    guard !hasEscapes else { return text.utf8.starts(with: "\(prefix)".utf8) }
    let count = prefix.utf8CodeUnitCount
    guard let base = bytes.baseAddress, bytes.count >= count else { return count == 0 }
    return memcmp(base, prefix.utf8Start, count) == 0
  }
}

/// Lets keys stand in the cases of a `switch`.
@inline(__always)
func ~= (name: StaticString, key: JSONKey) -> Bool {
  guard !key.hasEscapes else { return key.text.isSameText(as: "\(name)") }
  let count = name.utf8CodeUnitCount
  guard key.bytes.count == count else { return false }
  guard let base = key.bytes.baseAddress, count > 0 else { return true }
  return memcmp(base, name.utf8Start, count) == 0
}
