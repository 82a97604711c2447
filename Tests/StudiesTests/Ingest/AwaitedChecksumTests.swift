import Foundation
import Testing
import TraceFormats

@testable import Studies

@Suite("The identity of a file that is read only once")
struct AwaitedChecksumTests {
  private let folder: WorkFolder
  private let content = (0..<90_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }

  init() throws { folder = try WorkFolder() }

  private func file() throws -> InputFile {
    let path = folder["data"]
    try Data(content).write(to: URL(fileURLWithPath: path))
    return InputFile(path)
  }

  /// Reads a source to its end, so many bytes at a time.
  private func readAll(_ source: any ByteSource, by size: Int) throws -> [UInt8] {
    var block = [UInt8](repeating: 0, count: size)
    var all: [UInt8] = []
    while case let count = try block.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
      all += block[..<count]
    }
    return all
  }

  @Test("what its reader supplies is what reading it for that gives", arguments: [1_000, 4_096, 1 << 20])
  func supplied(size: Int) throws {
    let input = try file()
    let checksum = AwaitedChecksum(of: input, isSupplied: true)
    #expect(!checksum.isKnown)
    #expect(try readAll(SummedSource(input.open(), of: input, for: checksum), by: size) == content)
    #expect(checksum.isKnown)
    try FileManager.default.removeItem(atPath: folder["data"])
    let supplied = try checksum.value()
    let read = try FileChecksum(of: file())
    #expect(supplied.sha256 == read.sha256)
    #expect(supplied.bytes == content.count)
    #expect(supplied.content?.whole == read.content?.whole)
    #expect(supplied.content?.head == read.content?.head)
    #expect(supplied.content?.whole != nil)
  }

  @Test("who asks before all was read has the file read")
  func early() throws {
    let input = try file()
    let checksum = AwaitedChecksum(of: input, isSupplied: true)
    let source = SummedSource(try input.open(), of: input, for: checksum)
    var block = [UInt8](repeating: 0, count: 100)
    _ = try block.withUnsafeMutableBytes { try source.read(into: $0) }
    #expect(try checksum.value().sha256 == FileChecksum(of: input).sha256)
    _ = try readAll(source, by: 500)
    #expect(try checksum.value().bytes == content.count)
  }

  @Test("a thread of its own finds the same")
  func ownThread() throws {
    let input = try file()
    #expect(try AwaitedChecksum(of: input, isSupplied: false).value().sha256 == FileChecksum(of: input).sha256)
  }
}
