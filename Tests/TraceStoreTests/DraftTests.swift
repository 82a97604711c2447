import Foundation
import GRDB
import Synchronization
import Testing
import TraceStore
import Traces

extension DraftLimit {
  fileprivate static let long = DraftLimit(bytes: 1 << 40, duration: .seconds(3600))
  fileprivate static let short = DraftLimit(bytes: 1, duration: .seconds(3600))
}

@Suite("A store that is filled before it gets its name")
struct DraftTests {
  private let directory: TemporaryDirectory
  private let path: String
  private let records = Build.randomRecords(seed: 81, problems: 6, rollouts: 20)

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.file("a.retrace")
  }

  @Test("is nowhere to be seen, then whole, in WAL mode, and equal to one that was filled in its place")
  func published() throws {
    let draft = try TraceStore(path: path, mode: .create, draft: .long)
    try draft.ingest(records)
    #expect(try draft.summary().rollouts == 120)
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try names().count == 1)
    try draft.publish()
    #expect(try names() == ["a.retrace"])
    try checkWhole(["a"])
  }

  @Test("is dropped with its owner where nobody gave it its name")
  func dropped() throws {
    do { try TraceStore(path: path, mode: .create, draft: .long).ingest(records) }
    #expect(try names() == [])
  }

  @Test("gets its name when it has become large, between two batches, and goes on as any store")
  func large() throws {
    let store = try TraceStore(path: path, mode: .create, draft: .short)
    let writer = try store.begin("a")
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.write(batch: Array(records[..<2]))
    let reader = try TraceStore(path: path, mode: .readOnly)
    #expect(try reader.summary().rollouts == 40)
    for start in stride(from: 2, to: 6, by: 2) { try writer.write(batch: Array(records[start..<start + 2])) }
    #expect(try reader.summary().rollouts == 120)
    try writer.finish()
    try store.publish()
    try store.ingest(Build.randomRecords(seed: 82, problems: 6, rollouts: 20), name: "b")
    try reader.close()
    try store.close()
    #expect(try names() == ["a.retrace"])
    try checkWhole(["a", "b"])
  }

  @Test("gets its name after some time, too")
  func old() throws {
    let store = try TraceStore(path: path, mode: .create, draft: DraftLimit(bytes: 1 << 40, duration: .zero))
    let writer = try store.begin("a")
    try writer.write(batch: records)
    #expect(FileManager.default.fileExists(atPath: path))
    try writer.finish()
    try store.close()
    try checkWhole(["a"])
  }

  @Test("has a first source whose identity comes late, but before anybody can see it", arguments: [true, false])
  func unidentified(isLong: Bool) throws {
    let store = try TraceStore(path: path, mode: .create, draft: isLong ? .long : .short)
    #expect(try store.awaitsFirstSource())
    let asked = Mutex(0)
    let known = Source.named("a")
    let writer = try store.beginFirstSource(known) {
      asked.withLock { $0 += 1 }
      return known
    }
    #expect(try !store.awaitsFirstSource())
    try writer.write(batch: Array(records[..<2]))
    #expect(asked.withLock { $0 } == (isLong ? 0 : 1))
    if !isLong { #expect(try TraceStore(path: path, mode: .readOnly).sources().map(\.source.sha256) == [known.sha256]) }
    try writer.write(batch: Array(records[2...]))
    try writer.finish()
    let kept = try store.sources()
    #expect(kept.map(\.source.sha256) == [known.sha256])
    #expect(kept.map(\.source.bytes) == [known.bytes])
    #expect(kept.map(\.isComplete) == [true])
    #expect(asked.withLock { $0 } == 1)
    guard case .alreadyComplete = try store.beginSource(known) else {
      Issue.record("begun again")
      return
    }
    try store.close()
    try checkWhole(["a"])
  }

  @Test("keeps its name from everybody as long as its first source is not known")
  func unknown() throws {
    let store = try TraceStore(path: path, mode: .create, draft: .long)
    let writer = try store.beginFirstSource(Source.named("a")) {
      throw UnacceptableData(file: "a", found: "no such file", expected: "the file that was read")
    }
    try writer.write(batch: records)
    for _ in 0..<2 { #expect(throws: UnacceptableData.self) { try store.publish() } }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("forgets a first source that was taken out again")
  func abandoned() throws {
    let store = try TraceStore(path: path, mode: .create, draft: .long)
    let first = try store.beginFirstSource(Source.named("x")) { Source.named("x") }
    try first.write(batch: records)
    try first.abandon()
    #expect(try store.awaitsFirstSource())
    try store.ingest(records)
    try store.close()
    try checkWhole(["a"])
  }

  @Test("is rid of what killed processes have left when it is next opened, a second name of its own among it")
  func leftBesideStore() throws {
    try TraceStore(path: path, mode: .create).close()
    try FileManager.default.linkItem(atPath: path, toPath: directory.file(".a.retrace.1.new"))
    try Data(count: 100).write(to: URL(fileURLWithPath: directory.file(".a.retrace.2.new")))
    try TraceStore(path: path, mode: .create).close()
    #expect(try names() == ["a.retrace"])
  }

  @Test("takes nothing back of a refused batch but the batch")
  func undone() throws {
    let draft = try TraceStore(path: path, mode: .create, draft: .long)
    let writer = try draft.begin("a")
    try writer.write(batch: Array(records[..<4]))
    var bad = records[5]
    bad.answers = []
    #expect(throws: UnacceptableData.self) { try writer.write(batch: [records[4], bad]) }
    try writer.write(batch: Array(records[4...]))
    try writer.finish()
    try draft.close()
    try checkWhole(["a"])
  }

  @Test("of two that want one name the first gets it, and the second says so")
  func twice() throws {
    let (first, second) = (
      try TraceStore(path: path, mode: .create, draft: .long),
      try TraceStore(path: path, mode: .create, draft: .short)
    )
    #expect(try names().count == 2)
    try first.ingest(records)
    try first.publish()
    #expect(throws: DraftRefusal.self) { try second.ingest(records) }
    try checkWhole(["a"])
  }

  @Test("takes away what a killed process has left, and nothing of one that lives")
  func leftovers() throws {
    let living = try TraceStore(path: path, mode: .create, draft: .long)
    let (mine, others) = (try names(), [".a.retrace.1.new", ".a.retrace.1.new-wal", ".b.retrace.1.new"])
    for name in others { try Data(count: 100).write(to: URL(fileURLWithPath: directory.file(name))) }
    try TraceStore(path: path, mode: .create).close()
    #expect(try names() == mine + [".b.retrace.1.new", "a.retrace"])
    try living.ingest(records)
    #expect(throws: DraftRefusal.self) { try living.publish() }
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
  }

  /// Compares the store with one that was filled in its place, with the same sources.
  private func checkWhole(_ sources: [String]) throws {
    let elsewhere = try TemporaryDirectory()
    let other = try elsewhere.store()
    for (number, source) in sources.enumerated() {
      let seed = UInt64(81 + number)
      try other.ingest(Build.randomRecords(seed: seed, problems: 6, rollouts: 20), name: source)
    }
    let store = try TraceStore(path: path, mode: .readOnly)
    #expect(try store.contentHash() == other.contentHash())
    #expect(try store.summary() == other.summary())
    let queue = try DatabaseQueue(path: path)
    let found = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(found == ["ok"])
    let strays = try queue.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
    #expect(strays == 0)
    let mode = try queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    #expect(mode == "wal")
  }
}
