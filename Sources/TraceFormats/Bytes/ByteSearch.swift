import Foundation

/// Searching in bytes. (The standard library's `firstRange(of:)` looks up types at every byte: it takes seconds for what
/// these do in milliseconds.)
extension UnsafeRawBufferPointer {
  /// The first position of a byte at or after an offset, by `memchr`.
  func firstIndex(ofByte byte: UInt8, from start: Int) -> Int? {
    guard start < count, let base = baseAddress else { return nil }
    guard let hit = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(hit) - base
  }

  /// The first position at or after an offset where a text of at least one byte stands, byte by byte.
  func firstIndex(of text: [UInt8], from start: Int = 0) -> Int? {
    guard let first = text.first else { return nil }
    var start = start
    while let hit = firstIndex(ofByte: first, from: start), let base = baseAddress, hit + text.count <= count {
      if memcmp(base + hit, text, text.count) == 0 { return hit }
      start = hit + 1
    }
    return nil
  }

  /// What stands before, between and after the places of a text of at least one byte.
  func pieces(between separator: [UInt8]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while let found = firstIndex(of: separator, from: start) {
      pieces.append(start..<found)
      start = found + separator.count
    }
    return pieces + [start..<count]
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

extension String {
  /// Whether a text of at least one byte stands in this one, byte by byte.
  public func holds(_ text: String) -> Bool {
    var whole = self
    return whole.withUTF8 { UnsafeRawBufferPointer($0).firstIndex(of: Array(text.utf8)) != nil }
  }

  /// What stands before, between and after the places of a text of at least one byte, compared byte by byte.
  func pieces(between separator: String) -> [String] {
    var text = self
    return text.withUTF8 { bytes in
      UnsafeRawBufferPointer(bytes).pieces(between: Array(separator.utf8)).map {
        String(decoding: bytes[$0], as: UTF8.self)
      }
    }
  }
}
