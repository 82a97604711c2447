import Foundation
import Testing
import Traces

@testable import TraceFormats

/// Hands out a few bytes at a time and fails at a given place.
final class FaultySource: ByteSource {
  private let bytes: [UInt8]
  private let sizes: [Int]
  private let failsAt: Int?
  private var position = 0
  private var calls = 0

  init(_ bytes: [UInt8], sizes: [Int] = [1], failsAt: Int? = nil) {
    self.bytes = bytes
    self.sizes = sizes
    self.failsAt = failsAt
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let failsAt, position >= failsAt {
      throw UnacceptableData(byte: position, found: "a read error", expected: "bytes")
    }
    let size = sizes[calls % sizes.count]
    calls += 1
    let count = min(buffer.count, size, (failsAt ?? bytes.count) - position)
    for offset in 0..<count { buffer[offset] = bytes[position + offset] }
    position += count
    return count
  }
}

func everything(_ source: any ByteSource, chunk: Int = 100) throws -> [UInt8] {
  var all: [UInt8] = []
  while case let some = try Decompression.firstBytes(chunk, of: source), !some.isEmpty { all += some }
  return all
}

@Suite struct ByteSourceTests {
  static let plain = [UInt8](FileManager.default.contents(atPath: fixture("retrace/tree.jsonl")) ?? Data())
  static let compressed = ["compressed/two-members.jsonl.gz", "compressed/two-frames.jsonl.zst"]

  static func bytes(_ name: String) -> [UInt8] {
    [UInt8](FileManager.default.contents(atPath: fixture(name)) ?? Data())
  }

  @Test(arguments: compressed, [1, 7, 4096])
  func decompressesConcatenatedPartsByShortReads(_ name: String, _ size: Int) throws {
    let source = try Decompression.detect(FaultySource(Self.bytes(name), sizes: [size, 3, 1]), name: name)
    #expect(try everything(source, chunk: size) == Self.plain)
  }

  @Test(arguments: compressed)
  func readsCompressedFilesByTheirFirstBytes(_ name: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("no-ending", Self.bytes(name))
    #expect(try read(path).records.map(\.line) == [1, 2, 4])
  }

  /// A compressed file cut at any byte is refused with its place, or is empty, or ends between two parts.
  @Test(arguments: compressed)
  func refusesFilesCutAtAnyByte(_ name: String) throws {
    let whole = Self.bytes(name)
    var accepted = 0
    for length in 4..<whole.count {
      do {
        _ = try everything(Decompression.detect(MemorySource(Array(whole[..<length])), name: name))
        accepted += 1
      } catch let refusal as UnacceptableData {
        #expect(refusal.file == name)
        #expect(refusal.byte == length)
      }
    }
    #expect(accepted == 1)
  }

  @Test func refusesBytesAfterGzipButTakesZeros() throws {
    let whole = Self.bytes(Self.compressed[0])
    #expect(try everything(Decompression.detect(MemorySource(whole + [0, 0, 0]), name: "z")) == Self.plain)
    let refusal = #expect(throws: UnacceptableData.self) {
      try everything(Decompression.detect(MemorySource(whole + [1]), name: "z"))
    }
    #expect(refusal?.byte == whole.count)
  }

  /// A frame whose header asks for 256 MB: descriptor 0, window 2^28, then a raw block.
  @Test func aWindowThatIsTooLargeIsNoDamage() throws {
    let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x90, 0x19, 0, 0] + Array("abc".utf8)
    let refusal = #expect(throws: UnacceptableData.self) {
      try everything(Decompression.detect(MemorySource(frame), name: "z"))
    }
    #expect(refusal?.found.contains("a window of more than 128 MB") ?? false)
    #expect(refusal?.remedy?.contains("--long=27") ?? false)
    var small = frame
    small[5] = 0x88
    #expect(try everything(Decompression.detect(MemorySource(small), name: "z")) == Array("abc".utf8))
  }

  @Test func refusesDamagedGzip() throws {
    var whole = Self.bytes(Self.compressed[0])
    whole[40] ^= 0xff
    #expect(throws: UnacceptableData.self) { try everything(Decompression.detect(MemorySource(whole), name: "z")) }
  }

  /// The same records, whatever the sizes of reads and of batches.
  @Test(arguments: [1, 2, 3, 10, 1000, 1 << 21])
  func batchesNeverChangeWhatIsRead(_ batchBytes: Int) throws {
    let source = FaultySource(Self.plain, sizes: [5, 1, 17])
    var lines: [Int] = []
    let summary = try TraceReading().read(LineBatchReader(source, name: "m", batchBytes: batchBytes), "m") { batch in
      lines += batch.records.map(\.line)
    }
    #expect(lines == [1, 2, 4])
    #expect(summary.lines == 4)
    #expect(summary.bytes == Self.plain.count)
  }

  /// A read error at byte n, for every n, ends the reading with that error; what is delivered before is whole lines.
  @Test(arguments: [1, 2])
  func passesOnAReadErrorAtEveryByte(_ threads: Int) throws {
    let options = ReadingOptions(format: TraceFormat(name: "retrace"), threads: threads)
    for place in 0...Self.plain.count {
      var delivered: [Int] = []
      let source = FaultySource(Self.plain, sizes: [64], failsAt: place)
      let refusal = #expect(throws: UnacceptableData.self) {
        try TraceReading(options).read(LineBatchReader(source, name: "m", batchBytes: 16), "m") {
          delivered += $0.records.map(\.line)
        }
      }
      #expect(refusal?.found == "a read error")
      #expect([1, 2, 4].starts(with: delivered))
    }
  }

  @Test func refusesRecordsAboveTheMaximum() throws {
    let line =
      #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [], "filler": ""# + String(repeating: "x", count: 5000)
    for text in [line + "\"}\n", line] {
      let found = try #require(refusal(of: text, ReadingOptions(maximumRecordBytes: 1000)))
      #expect(found.line == 1)
      #expect(found.remedy?.contains("--max-record") == true)
    }
  }

  /// Ten megabytes of one line in ten kilobytes of gzip: the limit on records holds, not the file's size.
  @Test func boundsWhatGzipUnfoldsTo() throws {
    let found = #expect(throws: UnacceptableData.self) {
      try read(fixture("compressed/bomb.jsonl.gz"), ReadingOptions(maximumRecordBytes: 1 << 20))
    }
    #expect(found?.remedy?.contains("--max-record") == true)
  }

  @Test func spoolsUnderItsName() throws {
    let folder = try TemporaryFolder()
    let spooled = try InputFile(fixture("retrace/tree.jsonl")).spooled(to: folder.path + "/copy")
    #expect(spooled.name == fixture("retrace/tree.jsonl"))
    #expect(try everything(spooled.open()) == Self.plain)
  }

  @Test func refusesMissingFilesFoldersAndEmptyFiles() throws {
    let folder = try TemporaryFolder()
    #expect(throws: UnacceptableData.self) { try read(folder.path + "/none.jsonl") }
    #expect(throws: UnacceptableData.self) { try read(folder.path) }
    let empty = try folder.write("empty.jsonl", "")
    let blank = try folder.write("blank.jsonl", "\n  \n")
    #expect(throws: UnacceptableData.self) { try read(empty) }
    #expect(throws: UnacceptableData.self) { try read(blank) }
  }

  @Test func takesByteOrderMarksAndWindowsLineBreaks() throws {
    let line = #"{"problem": {"id": "p", "answer": "1"}, "rollouts": []}"#
    #expect(try read(text: "\u{feff}" + line + "\r\n\r\n" + line + "\r\n").records.count == 2)
  }
}
