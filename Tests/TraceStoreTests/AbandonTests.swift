import GRDB
import Testing
import TraceStore
import Traces

/// A source that is taken out again has filled in fields of rows that were there before it.
@Suite("A source that is taken out again")
struct AbandonTests {
  private let directory: TemporaryDirectory
  private let store: TraceStore

  /// A store that knows little: a problem and a recording with open fields, a right answer that was compared as text.
  init() throws {
    directory = try TemporaryDirectory()
    store = try directory.store()
    try store.ingest([bare()], name: "first")
  }

  private func bare() -> GradedRecord {
    var answer = Build.answer("one (1)", right: true)
    answer.status = .fallback
    var record = Build.record(problem: "p", rollouts: [Build.rollout(["a"])], answers: [answer])
    record.record.problem = Problem(key: "p", answer: "1")
    record.recording = Recording(name: "warm", delimiter: "\n", date: "2026-02-02")
    return record
  }

  /// All that the store does not know, an earlier date, and a shorter form of the answer that could be parsed.
  private func full(subject: String? = "sums") -> GradedRecord {
    var record = Build.record(
      problem: "p", rollouts: [Build.rollout(["b"])], answers: [Build.answer("1", right: true)])
    record.record.problem = Problem(
      key: "p", dataset: "toy", statement: "What?", answer: "1", subject: subject, level: "05")
    record.recording = Recording(
      name: "warm", model: "tiny", temperature: 0.8, topP: 0.9, seed: 7, promptHash: "h", delimiter: "\n",
      date: "2026-01-01")
    return record
  }

  @Test("leaves no field that it filled in, table by table")
  func undoes() throws {
    let before = try Tables(path: store.path)
    let writer = try store.begin("second")
    try writer.write(batch: [full()])
    #expect(try store.problem(key: "p").problem == full().record.problem)
    #expect(try store.recordings().map(\.recording) == [full().recording])
    try writer.abandon()
    #expect(try Tables(path: store.path) == before)
  }

  @Test("also where it was killed and its file has changed since")
  func changedFile() throws {
    let writer = try store.begin("second")
    try writer.write(batch: [full(subject: "wrong")])
    var changed = Source.named("second")
    changed.sha256 = "another content"
    guard case .new(let again) = try store.beginSource(changed) else { throw UnexpectedStart() }
    try again.write(batch: [full()])
    try again.finish()
    #expect(try store.problem(key: "p").problem.subject == "sums")
  }

  @Test("what it filled in stays once it is complete")
  func complete() throws {
    try store.ingest([full()], name: "second")
    let writer = try store.begin("third")
    try writer.write(batch: [full()])
    try writer.abandon()
    #expect(try store.problem(key: "p").problem == full().record.problem)
    #expect(try store.recordings().map(\.recording) == [full().recording])
    let rows = try DatabaseQueue(path: store.path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM amendment") }
    #expect(rows == 0)
  }

  @Test("what another source states, too, stays; what only it stated goes")
  func confirmed() throws {
    let writer = try store.begin("second")
    try writer.write(batch: [full()])
    var other = full(subject: nil)
    other.recording = Recording(name: "warm", model: "tiny", delimiter: "\n")
    try store.ingest([other], name: "third")
    try writer.abandon()
    let problem = try store.problem(key: "p").problem
    #expect(problem == other.record.problem)
    let expected = Recording(name: "warm", model: "tiny", delimiter: "\n", date: "2026-02-02")
    #expect(try store.recordings().map(\.recording) == [expected])
    let classes = try DatabaseQueue(path: store.path).read {
      try Row.fetchAll($0, sql: "SELECT form, status FROM answer_class")
    }
    #expect(classes == [["form": "1", "status": "parsed"]])
  }

  @Test("rows that it was the first to mention go to the source that needs them")
  func handsOn() throws {
    let writer = try store.begin("second")
    try writer.write(batch: [Build.record(problem: "q", rollouts: [Build.rollout(["a"])])])
    try store.ingest([Build.record(problem: "q", rollouts: [Build.rollout(["b"])])], name: "third")
    try writer.abandon()
    let owner = try DatabaseQueue(path: store.path).read { db in
      try String.fetchOne(
        db, sql: "SELECT path FROM source JOIN problem ON problem.source = source.id WHERE problem.key = 'q'")
    }
    #expect(owner == Source.named("third").path)
  }
}
