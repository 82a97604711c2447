import Testing
import Traces

@testable import TraceFormats

/// Gzip headers with every combination of optional parts (RFC 1952, section 2.3), however their bytes come.
@Suite struct GzipHeaderTests {
  private static let content = Array("{\"a\": 1}\n".utf8)

  /// CRC-32 as RFC 1952 defines it, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return ~sum
  }

  private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
  }

  /// A header with flags: 1 text, 2 checksum, 4 extra field, 8 name, 16 comment.
  private static func header(_ flags: UInt8) -> [UInt8] {
    var header: [UInt8] = [0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3]
    if flags & 4 != 0 { header += [5, 0, 0x41, 0x70, 1, 0, 9] }
    if flags & 8 != 0 { header += Array("rollouts.jsonl".utf8) + [0] }
    if flags & 16 != 0 { header += Array("of tonight".utf8) + [0] }
    return flags & 2 == 0 ? header : header + little(checksum(header) & 0xffff, 2)
  }

  /// A member whose content is stored as it is.
  private static func member(_ flags: UInt8) -> [UInt8] {
    let count = UInt32(content.count)
    return header(flags) + [1] + little(count, 2) + little(~count, 2) + content + little(checksum(content), 4)
      + little(count, 4)
  }

  private func unzipped(_ bytes: [UInt8], sizes: [Int]) throws -> [UInt8] {
    try everything(GzipSource(FaultySource(bytes, sizes: sizes), name: "z"))
  }

  @Test(arguments: UInt8(0)..<32)
  func areReadAtEverySplit(_ flags: UInt8) throws {
    let bytes = Self.member(flags) + Self.member(flags ^ 2)
    for size in 1..<bytes.count {
      #expect(try unzipped(bytes, sizes: [size, 1 << 20]) == Self.content + Self.content)
      #expect(try unzipped(bytes, sizes: [size]) == Self.content + Self.content)
    }
  }

  @Test(arguments: UInt8(0)..<32)
  func areRefusedWhereTheyEnd(_ flags: UInt8) throws {
    let bytes = Self.member(flags)
    for length in 1..<bytes.count {
      for size in [1, 7, 1 << 20] {
        let refusal = #expect(throws: UnacceptableData.self) {
          try unzipped(Array(bytes[..<length]), sizes: [size])
        }
        #expect(refusal?.found == "the end of the file inside compressed data")
      }
    }
  }

  @Test func aWrongChecksumOfTheHeaderIsRefused() throws {
    var bytes = Self.member(10)
    bytes[12] ^= 1
    for size in [1, 4, 1 << 20] {
      let refusal = #expect(throws: UnacceptableData.self) { try unzipped(bytes, sizes: [size]) }
      #expect(refusal?.found.contains("in the header") ?? false)
    }
  }
}
