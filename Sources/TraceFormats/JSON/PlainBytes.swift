/// Some bytes of a JSON string, of which the plain ones at their beginning stand for themselves: no quote, no backslash, no
/// control character, all ASCII.
///
/// Two words of eight bytes: Swift's comparisons of SIMD vectors are loops over their elements.
struct PlainBytes {
  /// How many bytes are looked at together.
  static let width = 16

  private let words: (UInt64, UInt64)
  /// How many of the bytes are plain before the first that is not.
  let count: Int

  /// - Parameters:
  ///   - text: At least `width` bytes from the position on.
  ///   - position: The first byte to look at.
  @inline(__always)
  init(_ text: UnsafeRawBufferPointer, at position: Int) {
    words = (
      text.loadUnaligned(fromByteOffset: position, as: UInt64.self),
      text.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)
    )
    let marks = (Self.marks(UInt64(littleEndian: words.0)), Self.marks(UInt64(littleEndian: words.1)))
    if marks.0 | marks.1 == 0 {
      count = Self.width
    } else if marks.0 != 0 {
      count = marks.0.trailingZeroBitCount >> 3
    } else {
      count = 8 &+ marks.1.trailingZeroBitCount >> 3
    }
  }

  /// Writes all of the bytes, also those that are not plain.
  @inline(__always)
  func store(in memory: UnsafeMutableRawPointer, at position: Int) {
    memory.storeBytes(of: words.0, toByteOffset: position, as: UInt64.self)
    memory.storeBytes(of: words.1, toByteOffset: position &+ 8, as: UInt64.self)
  }

  /// A bit for the first byte that is not plain; those for bytes above it may be wrong.
  ///
  /// Below that byte nothing is borrowed: subtracting sets the highest bit of a byte that is 0 or, in the last term, less
  /// than a blank.
  @inline(__always)
  private static func marks(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = (word ^ (ones &* 0x22)) &- ones
    let backslashes = (word ^ (ones &* 0x5c)) &- ones
    return (quotes | backslashes | (word &- ones &* 0x20) | word) & (ones &* 0x80)
  }
}
