import GRDB
import Testing
import TraceStore
import Traces

@Suite("Export")
struct ExportTests {
  /// Grades as the records were graded that the builders make.
  private func graded(_ record: TraceRecord) -> GradedRecord {
    let answers = record.rollouts.map { rollout in rollout.answer.map { Build.answer($0, right: $0 == "1") } }
    return GradedRecord(record: record, recording: record.recording ?? Build.recording(), answers: answers)
  }

  private func exported(_ store: TraceStore) throws -> [TraceRecord] {
    var records: [TraceRecord] = []
    try store.export { records.append($0) }
    return records
  }

  @Test("what is exported and ingested again makes an equal store, table by table", arguments: 1...6)
  func roundTrip(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var first = Build.randomRecords(seed: seed, problems: 4, rollouts: 7)
    first[0].record.predictions = ["pred_naive@4": "1", "pred_maj@4": "2"]
    var second = Build.randomRecords(seed: seed + 10, problems: 6, rollouts: 3)
    second[0].record.predictions = ["pred_naive@4": "3", "other": "1"]
    var third = Build.randomRecords(seed: seed + 20, problems: 2, rollouts: 5, recording: Build.recording("cold"))
    third[0].record.predictions = ["pred_naive@4": "1"]
    try store.ingest(first, name: "a")
    try store.ingest(second, name: "b", batch: 1)
    try store.ingest(third, name: "c")
    try store.ingest([Build.record(problem: "without rollouts", rollouts: [])], name: "d")
    let records = try exported(store)
    let copy = try directory.store("copy.retrace")
    try copy.ingest(records.map(graded), name: "export")
    #expect(try Content(path: copy.path) == Content(path: store.path))
    #expect(try copy.contentHash() == store.contentHash())
    let again = try exported(copy)
    #expect(again.map(\.predictions) == records.map(\.predictions))
    #expect(again.map(description) == records.map(description))
  }

  /// All of a record except the predictions, whose order has no meaning.
  private func description(_ record: TraceRecord) -> String {
    var copy = record
    copy.predictions = [:]
    return "\(copy)"
  }

  @Test("a selection of recordings and scorers holds nothing else")
  func selection() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 2, rollouts: 4), name: "a")
    try store.ingest(
      Build.randomRecords(seed: 2, problems: 3, rollouts: 2, recording: Build.recording("cold")), name: "b")
    var records: [TraceRecord] = []
    try store.export(recordings: ["cold"], scorers: ["log"]) { records.append($0) }
    #expect(records.map(\.problem.key) == ["p0", "p1", "p2"])
    #expect(records.allSatisfy { $0.recording?.name == "cold" && $0.columns == [Build.logitColumn] })
  }

  @Test("the texts of a path go through the rollouts that it continues")
  func paths() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let rollouts = [
      Build.rollout(["a", "b", "c"], finish: .open), Build.rollout(["d", "e"], parent: .init(rollout: 0, step: 2)),
      Build.rollout(["f"], parent: .init(rollout: 1, step: 3)),
      Build.rollout(["g"], parent: .init(rollout: 1, step: 1)),
    ]
    try store.ingest([Build.record(problem: "p", rollouts: rollouts)])
    let stored = try store.rollouts(of: store.problem(key: "p"))
    #expect(stored.indices.map { stored.pathTexts(to: $0).joined() } == ["abc", "abde", "abdf", "ag"])
    #expect(stored.map(\.depth) == [3, 4, 4, 2])
  }
}

/// The rows of a store's tables without what depends on the files that they came from.
private struct Content: Equatable {
  private let rows: [[Row]]

  init(path: String) throws {
    rows = try DatabaseQueue(path: path).read { db in
      try Self.queries.map { try Row.fetchAll(db, sql: $0) }
    }
  }

  private static let order = "problem.key, recording.name, source.sha256, rollout.position"
  private static let joins = """
    JOIN problem ON problem.id = rollout.problem JOIN recording ON recording.id = rollout.recording
    JOIN source ON source.id = rollout.source
    """
  private static let index = """
    (SELECT rollout_index FROM rollout_index WHERE rollout_index.rollout = rollout.parent)
    """
  private static let queries = [
    "SELECT key, dataset, statement, answer, subject, level, level_text FROM problem ORDER BY key",
    """
    SELECT name, model, temperature, top_p, seed, prompt_hash, delimiter, date, sampling FROM recording ORDER BY name
    """,
    "SELECT name, channel, scale FROM scorer ORDER BY name, channel",
    """
    SELECT problem.key, answer_class.key, form, is_right, status FROM answer_class
    JOIN problem ON problem.id = answer_class.problem ORDER BY 1, 2
    """,
    """
    SELECT problem.key, recording.name, \(index), parent_step, steps, depth, finish, answer_class.key, source_verdict,
      total_tokens, step_ends, step_keys, tokens, log_probabilities, text, rollout_text.answer, stated_answer
    FROM rollout \(joins) JOIN rollout_text ON rollout_text.rollout = rollout.id
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class ORDER BY \(order)
    """,
    """
    SELECT problem.key, recording.name, scorer.name, channel, length(scores) / 8, last, minimum, product, mean, scores
    FROM score JOIN rollout ON rollout.id = score.rollout \(joins) JOIN scorer ON scorer.id = score.scorer
    ORDER BY \(order), scorer.name, channel
    """,
    """
    SELECT DISTINCT problem.key, recording.name, prediction.name, value FROM prediction
    JOIN problem ON problem.id = prediction.problem JOIN recording ON recording.id = prediction.recording
    ORDER BY 1, 2, 3, 4
    """,
  ]
}
