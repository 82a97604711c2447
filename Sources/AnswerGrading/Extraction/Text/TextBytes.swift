/// A read-only view of a piece of text as UTF-8 bytes.
///
/// Reading outside of the view gives NUL instead of trapping or reading foreign memory, so a rule may look ahead
/// and behind without asking where the text ends. The view does not own the bytes: it must not outlive the call
/// that lent them.
struct TextBytes {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  var isEmpty: Bool { bytes.isEmpty }

  @inline(__always)
  subscript(index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  /// The part of the view inside a range, which is cut to the view first.
  subscript(range: Range<Int>) -> TextBytes {
    TextBytes(UnsafeBufferPointer(rebasing: bytes[range.clamped(to: 0..<bytes.count)]))
  }

  /// Whether a word stands at an index.
  func has(_ word: StaticString, at index: Int) -> Bool {
    matches(word, at: index) { $0 }
  }

  /// Whether a word, given in lowercase, stands at an index in any case.
  func hasIgnoringCase(_ word: StaticString, at index: Int) -> Bool {
    matches(word, at: index) { $0.asciiLowercased }
  }

  @inline(__always)
  private func matches(_ word: StaticString, at index: Int, _ folded: (UInt8) -> UInt8) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index >= 0, index &+ length <= bytes.count else { return false }
    for offset in 0..<length where folded(bytes[index &+ offset]) != word.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether a word in lowercase stands at an index in any case, with no letter or digit touching it.
  func hasWord(_ word: StaticString, at index: Int) -> Bool {
    hasIgnoringCase(word, at: index) && !self[index - 1].isASCIILetterOrDigit
      && !self[index + word.utf8CodeUnitCount].isASCIILetterOrDigit
  }

  /// The first of some words that stands at an index as a whole word, as its length; 0 if none does.
  func wordLength(of words: [StaticString], at index: Int) -> Int {
    let first = self[index].asciiLowercased
    if first == 0 || self[index - 1].isASCIILetterOrDigit { return 0 }
    for word in words where word.utf8Start[0] == first && hasWord(word, at: index) {
      return word.utf8CodeUnitCount
    }
    return 0
  }

  /// The index of the first occurrence of a byte at or after an index, 32 bytes at a time.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    var index = max(start, 0)
    while index &+ 32 <= bytes.count {
      let marks =
        marks(of: byte, at: index) | marks(of: byte, at: index &+ 8) | marks(of: byte, at: index &+ 16)
        | marks(of: byte, at: index &+ 24)
      if marks != 0 { break }
      index &+= 32
    }
    while index < bytes.count {
      if bytes[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// The index of the last occurrence of a byte in a range of the text, eight bytes at a time.
  func lastIndex(of byte: UInt8, from start: Int, before end: Int) -> Int? {
    var end = min(end, bytes.count)
    while end &- 8 >= start, marks(of: byte, at: end &- 8) == 0 { end &-= 8 }
    while end > start {
      end &-= 1
      if bytes[end] == byte { return end }
    }
    return nil
  }

  /// Not 0 where one of the eight bytes at an index, which are all in the text, is the one looked for.
  @inline(__always)
  private func marks(of byte: UInt8, at index: Int) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & (ones &* 0x80)
  }

  /// The index of the first occurrence of a word at or after an index.
  func firstIndex(of word: StaticString, from start: Int) -> Int? {
    let first = word.utf8Start[0]
    var index = start
    while let candidate = firstIndex(of: first, from: index) {
      if has(word, at: candidate) { return candidate }
      index = candidate + 1
    }
    return nil
  }

  /// The bytes as text, invalid sequences repaired.
  var string: String { String(decoding: bytes, as: UTF8.self) }
}
