import Testing

@testable import TraceFormats

/// The digest of a content depends on all of its bytes, and on nothing but them.
@Suite struct ContentDigestTests {
  private static let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7) }

  private func digest(_ bytes: [UInt8], inBlocksOf size: Int = .max) -> String {
    var digest = ContentDigest()
    var start = 0
    while start < bytes.count {
      let end = start + min(size, bytes.count - start)
      bytes[start..<end].withUnsafeBytes { digest.update($0) }
      start = end
    }
    return digest.text
  }

  @Test func blocksDoNotMatter() {
    let whole = digest(Self.bytes)
    #expect(whole.count == 16)
    for size in [1, 7, 31, 32, 33, 64, 999] { #expect(digest(Self.bytes, inBlocksOf: size) == whole, "\(size)") }
  }

  @Test func everyByteAndTheLengthMatter() {
    var seen: Set<String> = [digest([])]
    for count in 1...100 { seen.insert(digest([UInt8](repeating: 0, count: count))) }
    for index in Self.bytes.indices {
      var changed = Self.bytes
      changed[index] ^= 0x80
      seen.insert(digest(changed))
    }
    #expect(seen.count == 1101)
  }

  @Test func aStreamGivesWhatItsBytesGive() throws {
    #expect(try ContentDigest(of: MemorySource(Self.bytes)).text == digest(Self.bytes))
    let source = DigestedSource(MemorySource(Self.bytes))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
    defer { buffer.deallocate() }
    while try source.read(into: buffer) > 0 {}
    #expect(source.text == digest(Self.bytes))
    let long = [UInt8](repeating: 1, count: ContentDigest.headBytes + 1)
    #expect(try ContentDigest.head(of: MemorySource(long)) == digest(Array(long.dropLast())))
  }
}
