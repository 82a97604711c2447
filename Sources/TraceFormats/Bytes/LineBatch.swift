import Traces

/// One line of a file, without its line break.
struct TextLine {
  /// The line's bytes; valid only while its batch lives.
  let bytes: UnsafeRawBufferPointer
  /// The line's number, counted from 1.
  let number: Int
  /// The offset of the line's first byte in the decompressed content.
  let byte: Int

  /// Whether there is nothing but white space.
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d } }
}

/// A run of whole lines of a file.
struct LineBatch: Sendable {
  /// The lines' bytes with their line breaks.
  let buffer: ByteBuffer
  /// The number of the first line, counted from 1.
  let firstLine: Int
  /// The offset of the first byte in the decompressed content.
  let byte: Int
  /// The number of lines.
  let lineCount: Int
  /// Why nothing of them is there: a single line that is too long to be held.
  var refusal: UnacceptableData?
  /// The length of what is not there.
  var bytesLeftOut = 0

  /// Calls a function with each line in turn, until it returns false.
  func forEachLine(_ body: (TextLine) throws -> Bool) rethrows {
    let bytes = buffer.bytes
    var start = byte == 0 && bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var number = firstLine
    while start < bytes.count {
      let end = bytes.firstIndex(ofByte: 0x0a, from: start) ?? bytes.count
      let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      guard try body(TextLine(bytes: line, number: number, byte: byte + start)) else { return }
      start = end + 1
      number += 1
    }
  }
}
