import Foundation

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

extension UnsafeRawBufferPointer {
  /// The first position of a byte at or after an offset, by `memchr`.
  func firstIndex(ofByte byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress else { return nil }
    guard let hit = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(hit) - base
  }

  /// The last position of a byte: block by block from the end, each by `memchr`.
  func lastIndex(ofByte byte: UInt8) -> Int? {
    var end = count
    while end > 0 {
      let start = Swift.max(0, end - 4096)
      let block = UnsafeRawBufferPointer(rebasing: self[start..<end])
      if var last = block.firstIndex(ofByte: byte, from: 0) {
        while let next = block.firstIndex(ofByte: byte, from: last + 1) { last = next }
        return start + last
      }
      end = start
    }
    return nil
  }

  /// How often a byte occurs.
  func occurrences(ofByte byte: UInt8) -> Int {
    var found = 0
    var start = 0
    while let hit = firstIndex(ofByte: byte, from: start) {
      found += 1
      start = hit + 1
    }
    return found
  }
}
