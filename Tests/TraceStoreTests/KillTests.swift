import Foundation
import GRDB
import Testing
import TraceStore
import Traces

#if canImport(Glibc)
  import Glibc
#endif

/// An ingest that is killed, in a process of its own. The child finds its orders by its parent's process identifier.
private enum Victim {
  static let batch = 3
  static let records = Build.randomRecords(seed: 77, problems: 240, rollouts: 8)

  static func directory(of parent: Int32) -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("store-killed-\(parent)").path
  }

  static func store(of parent: Int32) throws -> TraceStore {
    try TraceStore(path: directory(of: parent) + "/a.retrace", mode: .create)
  }

  /// Goes on with the ingest until the moment comes that the parent has set.
  static func ingestUntilKilled() throws {
    let parent = getppid()
    let order = try String(contentsOfFile: directory(of: parent) + "/microseconds", encoding: .utf8)
    let microseconds = UInt32(order) ?? 0
    // Made before the clock runs, so that the kill meets the ingest and not the making of its input.
    _ = records.count
    Thread.detachNewThread {
      usleep(microseconds)
      kill(getpid(), SIGKILL)
    }
    try finish(store(of: parent))
    while true { sleep(1) }
  }

  static func finish(_ store: TraceStore) throws {
    let writer: SourceWriter
    var start = 0
    switch try store.beginSource(.named("victim")) {
    case .alreadyComplete, .copyOf: return
    case .new(let new): writer = new
    case .resume(let old, let done): (writer, start) = (old, done)
    }
    while start < records.count {
      let end = min(start + batch, records.count)
      try writer.write(batch: Array(records[start..<end]))
      start = end
    }
    try writer.finish()
  }
}

@Suite("Killed at any moment", .serialized)
struct KillTests {
  @Test("the store opens, is whole, holds whole batches, and the same command finishes it")
  func killed() async throws {
    let directory = Victim.directory(of: getpid())
    try? FileManager.default.removeItem(atPath: directory)
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let microseconds = UInt32.random(in: 0...50_000, using: &generator)
      try "\(microseconds)".write(toFile: directory + "/microseconds", atomically: true, encoding: .utf8)
      await #expect(processExitsWith: .signal(SIGKILL)) { try Victim.ingestUntilKilled() }
      try checkWholeBatches()
    }
    let store = try Victim.store(of: getpid())
    try Victim.finish(store)
    let elsewhere = try TemporaryDirectory()
    let other = try elsewhere.store()
    try other.ingest(Victim.records, name: "victim", batch: 240)
    #expect(try store.contentHash() == other.contentHash())
    #expect(try store.summary() == other.summary())
  }

  private func checkWholeBatches() throws {
    let store = try Victim.store(of: getpid())
    let state = try store.sources().first
    let records = state?.records ?? 0
    #expect(records == min((state?.batches ?? 0) * Victim.batch, Victim.records.count))
    #expect(try store.summary().rollouts == records * 8)
    let queue = try DatabaseQueue(path: store.path)
    let isWhole = try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    #expect(isWhole == "ok")
    let strays = try queue.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
    #expect(strays == 0)
  }
}
