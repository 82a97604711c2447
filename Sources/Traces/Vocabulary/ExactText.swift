/// A text as a key: the same only where every byte of its UTF-8 is.
///
/// `String` compares by canonical equivalence, so "é" equals "e" with a combining accent. Names and steps that a file
/// tells apart stay apart: they are looked up by this type.
public struct ExactText: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The text.
  public let text: String

  /// Makes a key of a text.
  @inlinable
  public init(_ text: String) { self.text = text }

  /// Makes a key of a literal.
  @inlinable
  public init(stringLiteral text: String) { self.text = text }

  /// Compares bytes.
  @inlinable
  public static func == (left: ExactText, right: ExactText) -> Bool { left.text.isSameText(as: right.text) }

  /// Absorbs the bytes.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(0xff as UInt8)
  }
}

extension ExactText: Comparable {
  /// Orders by bytes, as a store does.
  @inlinable
  public static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension StringProtocol {
  /// Whether every byte of the UTF-8 is the same; canonically equivalent texts need not be.
  @inlinable
  public func isSameText(as other: some StringProtocol) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}

extension Optional where Wrapped == String {
  /// Whether both are missing, or both are there with the same bytes.
  @inlinable
  public func isSameText(as other: String?) -> Bool {
    guard let self, let other else { return self == nil && other == nil }
    return self.isSameText(as: other)
  }
}
