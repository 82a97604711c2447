import GRDB
import Testing
import Traces

@testable import TraceStore

@Suite("The numbers of rollouts and of their texts")
struct RowNumberTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// More rollouts than a statement takes, with texts that tell them apart.
  private func records(_ name: String) -> [GradedRecord] {
    ["p", "q"].map { problem in
      Build.record(problem: problem, rollouts: (0..<37).map { Build.rollout(["\(name) \(problem) \($0)", "end"]) })
    }
  }

  private func texts(of store: TraceStore) throws -> [String] {
    try store.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT text FROM rollout JOIN rollout_text ON rollout_text.rollout = rollout.id
          JOIN problem ON problem.id = rollout.problem ORDER BY problem.key, rollout.source, rollout.position
          """)
    }
  }

  private func expected(_ names: [String]) -> [String] {
    ["p", "q"].flatMap { problem in
      names.flatMap { name in (0..<37).map { "\(name) \(problem) \($0)\nend" } }
    }
  }

  @Test("go on from the highest, after others and after some were removed")
  func following() throws {
    let store = try directory.store()
    for name in ["a", "b", "c"] { try store.ingest(records(name), name: name) }
    #expect(try texts(of: store) == expected(["a", "b", "c"]))
    let writer = try store.begin("d")
    try writer.write(batch: records("d"))
    try writer.abandon()
    try store.ingest(records("e"), name: "e")
    #expect(try texts(of: store) == expected(["a", "b", "c", "e"]))
  }

  @Test("a text that somebody has taken away moves no other")
  func missingText() throws {
    let store = try directory.store()
    try store.ingest(records("a"), name: "a")
    try store.write { db in
      try db.execute(sql: "DELETE FROM rollout_text WHERE rollout = (SELECT max(rollout) FROM rollout_text)")
    }
    try store.ingest(records("b"), name: "b")
    let found = try texts(of: store)
    #expect(found == expected(["a", "b"]).filter { $0 != "a q 36\nend" })
  }
}
