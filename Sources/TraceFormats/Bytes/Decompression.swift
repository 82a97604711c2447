import Traces

/// Recognises compressed streams by their first bytes, never by a file's name.
enum Decompression {
  /// The stream itself, or its decompressed content where it begins as gzip (RFC 1952) or Zstandard (RFC 8878) does.
  ///
  /// - Throws: `UnacceptableData` where the first bytes cannot be read.
  static func detect(_ source: any ByteSource, name: String) throws -> any ByteSource {
    let head = try firstBytes(4, of: source)
    let whole = PrefixedSource(prefix: head, rest: source)
    if head.starts(with: [0x1f, 0x8b]) { return GzipSource(whole, name: name) }
    if isZstd(head) { return try ZstdSource(whole, name: name) }
    return whole
  }

  /// Whether content with these first four bytes is compressed.
  static func isCompressed(_ head: [UInt8]) -> Bool { head.starts(with: [0x1f, 0x8b]) || isZstd(head) }

  /// A frame, or a skippable frame (0x184D2A50 ... 0x184D2A5F), little-endian.
  private static func isZstd(_ head: [UInt8]) -> Bool {
    guard head.count == 4 else { return false }
    return head == [0x28, 0xb5, 0x2f, 0xfd] || (head[0] & 0xf0 == 0x50 && head[1...] == [0x2a, 0x4d, 0x18])
  }

  /// Up to `count` bytes, fewer only at the end of the stream.
  static func firstBytes(_ count: Int, of source: any ByteSource) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = try bytes.withUnsafeMutableBytes {
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      if read == 0 { break }
      filled += read
    }
    return Array(bytes.prefix(filled))
  }
}
