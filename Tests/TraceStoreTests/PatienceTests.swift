import GRDB
import Testing
import TraceStore
import Traces

@Suite("Waiting for another process")
struct PatienceTests {
  private let directory: TemporaryDirectory
  private let holder: DatabaseQueue
  private let path: String

  /// Another connection holds the store, as another process would.
  init() throws {
    directory = try TemporaryDirectory()
    path = directory.file("a.retrace")
    try directory.store().ingest(Build.randomRecords(seed: 1, problems: 1, rollouts: 2))
    holder = try DatabaseQueue(path: path)
  }

  @Test("a writer that waits too long gets one error that says what to do; readers never wait")
  func busy() throws {
    let store = try TraceStore(path: path, mode: .readWrite, patience: .milliseconds(20))
    let writer = try store.begin("b")
    let record = Build.record(problem: "q", rollouts: [Build.rollout(["a"])])
    try holder.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE; DELETE FROM prediction")
      defer { try? db.execute(sql: "ROLLBACK") }
      let error = #expect(throws: StoreFailure.busy(path: path)) { try writer.write(batch: [record]) }
      #expect(error?.localizedDescription.contains("another process") == true)
      #expect(throws: StoreFailure.busy(path: path)) { try store.beginSource(.named("c")) }
      #expect(try TraceStore(path: path, mode: .readOnly).summary().rollouts == 2)
    }
    try writer.write(batch: [record])
    try writer.finish()
    #expect(try store.summary().rollouts == 3)
  }
}
