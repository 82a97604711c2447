import Foundation
import Testing
import Traces

@testable import TraceFormats

@Suite("Reading ahead on another thread")
struct ReadAheadTests {
  /// Gives at most `step` bytes a call and fails after `failing` bytes.
  private final class FaultySource: ByteSource {
    struct Failure: Error {}

    private let bytes: [UInt8]
    private let step: Int
    private let failing: Int?
    private var position = 0

    init(_ bytes: [UInt8], step: Int, failing: Int? = nil) {
      self.bytes = bytes
      self.step = step
      self.failing = failing
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      if let failing, position >= failing { throw Failure() }
      let count = min(step, buffer.count, bytes.count - position, (failing ?? Int.max) - position)
      for index in 0..<count { buffer[index] = bytes[position + index] }
      position += count
      return count
    }
  }

  private func all(_ source: any ByteSource, room: Int) throws -> (bytes: [UInt8], failed: Bool) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: room)
    while true {
      do {
        let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
        if count == 0 { return (bytes, false) }
        bytes += buffer[..<count]
      } catch is FaultySource.Failure {
        return (bytes, true)
      }
    }
  }

  private let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  @Test("short reads, small pieces and small buffers change nothing", arguments: [1, 3, 64, 5000], [1, 7, 4096])
  func isTheSameStream(step: Int, room: Int) throws {
    for piece in [1, 10, 999, 1000, 1001] {
      let source = ReadAheadSource(FaultySource(content, step: step), pieceBytes: piece, capacity: 2)
      let read = try all(source, room: room)
      #expect(read.bytes == content)
      #expect(!read.failed)
    }
  }

  @Test("an error comes after the bytes before it, at whatever byte")
  func failures() throws {
    for failing in 0..<60 {
      let source = ReadAheadSource(
        FaultySource(Array(content.prefix(60)), step: 7, failing: failing), pieceBytes: 16, capacity: 2)
      let read = try all(source, room: 5)
      #expect(read.failed)
      #expect(read.bytes == Array(content.prefix(failing)))
    }
  }

  @Test("a reader that goes away lets the other thread end")
  func abandoned() throws {
    for _ in 0..<50 {
      let source = ReadAheadSource(FaultySource(content, step: 100), pieceBytes: 10, capacity: 2)
      var byte = [UInt8](repeating: 0, count: 1)
      #expect(try byte.withUnsafeMutableBytes { try source.read(into: $0) } == 1)
    }
  }

  @Test("notes are made of every record, in order, beside the records", arguments: [1, 2, 3])
  func notes(threads: Int) throws {
    let lines = (0..<500).map { index in
      "{\"problem\": {\"id\": \"p\(index)\", \"answer\": \"1\"}, "
        + "\"rollouts\": [{\"steps\": [{\"text\": \"\(String(repeating: "x", count: index))\"}], \"finish\": \"stop\"}]}\n"
    }
    let source = MemorySource(Array(lines.joined().utf8))
    var keys: [String] = []
    var lengths: [Int] = []
    _ = try TraceReading(ReadingOptions(threads: threads)).read(
      source, named: "x", note: { $0.rollouts[0].text.utf8.count },
      batch: { batch in
        keys += batch.records.map(\.problem.key)
        lengths += batch.notes
      })
    #expect(keys == (0..<500).map { "p\($0)" })
    #expect(lengths == Array(0..<500))
  }
}
