import Foundation
import GRDB
import Testing
import TraceStore
import Traces

@Suite("Opening")
struct OpeningTests {
  @Test("a store is in WAL mode, keeps foreign keys and bears its mark")
  func settings() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 1, rollouts: 2))
    let queue = try DatabaseQueue(path: store.path)
    func pragma(_ name: String) throws -> [String] {
      try queue.read { db in try Row.fetchAll(db, sql: "PRAGMA \(name)").map { "\($0[0] as DatabaseValue)" } }
    }
    #expect(try pragma("journal_mode") == [#""wal""#])
    #expect(try pragma("application_id") == ["1383363171"])
    #expect(try pragma("integrity_check") == [#""ok""#])
    #expect(try pragma("foreign_key_check").isEmpty)
  }

  @Test(
    "files that are no stores are refused and stay as they are", arguments: [StoreMode.create, .readWrite, .readOnly])
  func refusals(mode: StoreMode) throws {
    let directory = try TemporaryDirectory()
    let text = directory.file("text")
    try Data("{\"problem\": 1}\n, which is no database at all".utf8).write(to: URL(fileURLWithPath: text))
    let foreign = directory.file("foreign")
    let queue = try DatabaseQueue(path: foreign)
    try queue.write { try $0.execute(sql: "PRAGMA application_id = 7; CREATE TABLE a (b)") }
    try queue.close()
    let unmarked = directory.file("unmarked")
    let other = try DatabaseQueue(path: unmarked)
    try other.write { try $0.execute(sql: "CREATE TABLE a (b)") }
    try other.close()
    for (path, found) in [
      (text, "no SQLite database"), (foreign, "another application"), (unmarked, "another application"),
      (directory.path, "a directory"),
    ] {
      let before = try? Data(contentsOf: URL(fileURLWithPath: path))
      let error = #expect(throws: UnacceptableData.self) { try TraceStore(path: path, mode: mode) }
      #expect(error?.file == path)
      #expect(error?.found.contains(found) == true)
      let after = try? Data(contentsOf: URL(fileURLWithPath: path))
      #expect(after == before)
    }
  }

  /// Opening a pipe waits for its other end.
  @Test("what is no file is refused at once", arguments: [StoreMode.create, .readWrite, .readOnly])
  func devices(mode: StoreMode) throws {
    let directory = try TemporaryDirectory()
    let pipe = directory.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, "/dev/null"] {
      let error = #expect(throws: UnacceptableData.self) {
        try TraceStore(path: path, mode: mode, draft: DraftLimit(bytes: 1, duration: .seconds(1)))
      }
      #expect(error?.found == "a pipe, a device or a socket")
    }
    for path in ["", ":memory:"] {
      let error = #expect(throws: UnacceptableData.self) { try TraceStore(path: path, mode: mode) }
      #expect(error?.found == "no name of a file")
    }
  }

  @Test("a missing or empty file is a store only where it may be made", arguments: [StoreMode.readWrite, .readOnly])
  func missing(mode: StoreMode) throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: UnacceptableData.self) { try TraceStore(path: directory.file("no"), mode: mode) }
    #expect(error?.found == "no such file")
    #expect(!FileManager.default.fileExists(atPath: directory.file("no")))
    let empty = directory.file("empty")
    try Data().write(to: URL(fileURLWithPath: empty))
    #expect(throws: UnacceptableData.self) { try TraceStore(path: empty, mode: mode) }
    #expect(try TraceStore(path: empty, mode: .create).summary().problems == 0)
    #expect(try TraceStore(path: empty, mode: mode).summary().problems == 0)
  }

  @Test("a store of a later schema is refused", arguments: [StoreMode.create, .readWrite, .readOnly])
  func later(mode: StoreMode) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.store().path
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 from the future')") }
    try queue.close()
    let error = #expect(throws: UnacceptableData.self) { try TraceStore(path: path, mode: mode) }
    #expect(error?.found.contains("later version") == true)
  }

  @Test("a directory that does not exist is named")
  func noDirectory() throws {
    let path = "/no/such/directory/a.retrace"
    let error = #expect(throws: StoreFailure.self) { try TraceStore(path: path, mode: .create) }
    #expect(error?.localizedDescription.contains(path) == true)
  }

  @Test("reading only writes nothing, not even beside the file")
  func readOnly() throws {
    let directory = try TemporaryDirectory()
    let records = Build.randomRecords(seed: 2, problems: 2, rollouts: 3)
    do { try directory.store().ingest(records) }
    let store = try TraceStore(path: directory.file("a.retrace"), mode: .readOnly)
    #expect(try store.summary().rollouts == 6)
    #expect(throws: StoreFailure.readOnly(path: store.path)) { try store.beginSource(.named("b")) }
  }

  @Test("readers see the last complete batch while a writer is at work")
  func readersBesideWriter() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let writer = try store.begin("a")
    let reader = try TraceStore(path: store.path, mode: .readOnly)
    #expect(try reader.summary().rollouts == 0)
    try writer.write(batch: Build.randomRecords(seed: 3, problems: 2, rollouts: 3))
    #expect(try reader.summary().rollouts == 6)
    #expect(try TraceStore(path: store.path, mode: .readOnly).summary().rollouts == 6)
  }
}
