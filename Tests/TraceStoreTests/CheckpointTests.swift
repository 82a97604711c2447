import Foundation
import GRDB
import Testing
import TraceStore
import Traces

/// A process that is killed while the log is moved into the file leaves the whole log and a file in which some pages
/// are new and others old.
@Suite("Killed while the log is moved into the file")
struct CheckpointTests {
  private static let pageBytes = 32_768

  @Test("the store opens, has all that was committed, and the same command finishes it")
  func tornFile() throws {
    let directory = try TemporaryDirectory()
    let records = Build.randomRecords(seed: 21, problems: 12, rollouts: 40)
    let (old, log, new) = try files(of: records, in: directory)
    #expect(new.count > 4 * Self.pageBytes)
    let whole = try directory.store("whole.retrace")
    try whole.ingest(records, batch: 3)
    var generator = SeededGenerator(seed: 3)
    for round in 0..<12 {
      let path = directory.file("torn-\(round).retrace")
      try torn(old, new, using: &generator).write(to: URL(fileURLWithPath: path))
      try log.write(to: URL(fileURLWithPath: path + "-wal"))
      try check(path, expecting: records, whole: whole)
    }
  }

  /// The file before its log was moved into it, the log, and the file afterwards; the last batch is still to come.
  private func files(of records: [GradedRecord], in directory: TemporaryDirectory) throws -> (Data, Data, Data) {
    let store = try directory.store()
    let writer = try store.begin("a")
    for start in stride(from: 0, to: 9, by: 3) { try writer.write(batch: Array(records[start..<start + 3])) }
    let old = try Data(contentsOf: URL(fileURLWithPath: store.path))
    let log = try Data(contentsOf: URL(fileURLWithPath: store.path + "-wal"))
    try store.close()
    return (old, log, try Data(contentsOf: URL(fileURLWithPath: store.path)))
  }

  /// The new file with the old bytes in some pages, one of them torn in the middle.
  private func torn(_ old: Data, _ new: Data, using generator: inout SeededGenerator) -> Data {
    var mixed = new
    let pages = new.count / Self.pageBytes
    for page in 0..<pages where Bool.random(using: &generator) {
      let start = page * Self.pageBytes + (page % 3 == 0 ? 0 : Int.random(in: 0..<Self.pageBytes, using: &generator))
      let end = min((page + 1) * Self.pageBytes, new.count)
      for byte in start..<end { mixed[byte] = byte < old.count ? old[byte] : 0 }
    }
    return mixed
  }

  private func check(_ path: String, expecting records: [GradedRecord], whole: TraceStore) throws {
    let store = try TraceStore(path: path, mode: .readWrite)
    #expect(try store.summary().rollouts == 9 * 40)
    let found = try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(found == ["ok"])
    guard case .resume(let writer, afterRecords: 9) = try store.beginSource(.named("a")) else {
      throw UnexpectedStart()
    }
    try writer.write(batch: Array(records[9...]))
    try writer.finish()
    #expect(try store.contentHash() == whole.contentHash())
  }
}
