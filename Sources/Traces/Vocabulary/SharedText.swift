/// A text that may lie in one block of memory with others, so that the thousand texts of a record cost one allocation.
public struct SharedText: Sendable {
  /// The UTF-8 of all texts that share the block.
  public let block: [UInt8]
  /// The bytes of this one.
  public let range: Range<Int>

  /// A text with a block of its own.
  public init(_ text: String) { self.init(utf8: Array(text.utf8)) }

  /// A text with a block of its own.
  ///
  /// - Parameter utf8: Valid UTF-8.
  public init(utf8: [UInt8]) { self.init(in: utf8, utf8.indices) }

  /// A text in a block.
  ///
  /// - Parameters:
  ///   - block: Valid UTF-8 of one text or several.
  ///   - range: The bytes of this one, inside the block.
  public init(in block: [UInt8], _ range: Range<Int>) {
    self.block = block
    self.range = range
  }

  /// The number of bytes.
  public var count: Int { range.count }

  /// The text by itself.
  public var string: String { withUTF8 { String(decoding: $0, as: UTF8.self) } }

  /// Calls a body with the bytes, where they lie.
  public func withUTF8<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    try block.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// Whether a block is this text's, and not only equal to it.
  public func lies(in other: [UInt8]) -> Bool {
    block.withUnsafeBytes { mine in other.withUnsafeBytes { mine.baseAddress == $0.baseAddress } }
  }
}
