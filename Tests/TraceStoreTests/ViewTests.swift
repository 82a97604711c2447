import Foundation
import GRDB
import Testing
import TraceStore
import Traces

@Suite("Views")
struct ViewTests {
  private func rows(_ store: TraceStore, _ sql: String) throws -> [Row] {
    try DatabaseQueue(path: store.path).read { try Row.fetchAll($0, sql: sql) }
  }

  @Test("step_score gives every score exactly, on the whole range of Float64")
  func exactScores() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var generator = SeededGenerator(seed: 3)
    var scores: [Double] = [
      0, 1, -1, 0.1, .pi, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, -.leastNonzeroMagnitude, Double(1).nextDown, 0x1p-1022 - 0x1p-1074, 1e300,
      .leastNormalMagnitude / -90,
    ]
    while scores.count < 400 {
      let score = Double(bitPattern: generator.next())
      if score.isFinite { scores.append(score) }
    }
    let steps = scores.indices.map { "s\($0)" }
    let column = ScoreColumn(scorer: "wide", channel: .prefix, scale: .unbounded)
    try store.ingest([
      Build.record(problem: "p", rollouts: [Build.rollout(steps, scores: [scores])], columns: [column])
    ])
    let seen = try rows(store, "SELECT score, channel FROM step_score ORDER BY step")
    #expect(seen.map { $0["score"] as Double } == scores)
    #expect(seen.allSatisfy { $0["channel"] == "prefix" })
  }

  @Test("step gives the texts, places and tokens of single steps", arguments: 1...3)
  func steps(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var records = Build.randomRecords(seed: seed, problems: 2, rollouts: 6)
    let long = ["\u{E4}" + String(repeating: "x", count: 70_000), "y", ""]
    // Bug: the only step of an empty text was NULL.
    for steps in [long, [""]] {
      records[0].record.rollouts.append(Build.rollout(steps))
      records[0].answers.append(nil)
    }
    try store.ingest(records)
    for problem in try store.problems() {
      let key = problem.problem.key
      for rollout in try store.rollouts(of: problem) {
        let seen = try rows(store, "SELECT * FROM step WHERE rollout = \(rollout.identifier) ORDER BY step")
        #expect(seen.map { $0["text"] as String } == rollout.stepTexts)
        #expect(seen.map { $0["end_byte"] as Int32 } == rollout.record.stepEnds)
        #expect(seen.compactMap { $0["tokens"] as Int32? } == rollout.record.tokens)
        #expect(seen.allSatisfy { $0["problem"] == key })
        #expect(seen.last?["depth"] == rollout.depth)
        #expect(seen.map { $0["is_end"] as Bool }.last == (rollout.record.finish != .open))
      }
    }
  }

  @Test("rollout_index numbers rollouts as the interface does")
  func index() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: 1, problems: 2, rollouts: 3), name: "z")
    try store.ingest(Build.randomRecords(seed: 2, problems: 2, rollouts: 3), name: "a")
    for rollout in try store.rollouts(of: store.problem(key: "p1")) {
      let row = try rows(store, "SELECT * FROM rollout_index WHERE rollout = \(rollout.identifier)")[0]
      #expect(row["rollout_index"] == rollout.index)
      #expect(row["recording"] == rollout.recording)
    }
  }

  @Test("counts of the views agree with the summary", arguments: 1...3)
  func counts(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest(Build.randomRecords(seed: seed, problems: 3, rollouts: 8))
    let summary = try store.summary()
    let recording = try rows(store, "SELECT * FROM recording_summary")[0]
    let expected = summary.recordings[0]
    #expect(recording["rollouts"] == expected.rollouts)
    #expect(recording["steps"] == expected.steps)
    #expect(recording["complete_rollouts"] == expected.complete)
    #expect(recording["branches"] == expected.branches)
    let accuracy = try rows(
      store, "SELECT sum(rollouts), sum(right_rollouts), sum(without_answer) FROM accuracy_by_problem")[0]
    #expect(accuracy[0] == expected.complete)
    #expect(accuracy[1] == expected.right)
    #expect(accuracy[2] == expected.withoutAnswer)
    let votes = try rows(store, "SELECT sum(votes) FROM class_votes")[0]
    #expect(votes[0] == expected.complete - expected.withoutAnswer)
    for column in summary.columns {
      let row = try rows(
        store,
        """
        SELECT * FROM scorer_summary WHERE scorer = '\(column.column.scorer)'
          AND channel = '\(column.column.channel.rawValue)'
        """)[0]
      #expect(row["rollouts"] == column.rollouts)
      #expect(row["steps"] == column.scores)
      #expect(row["lowest"] == column.range.lowerBound)
    }
  }
}
