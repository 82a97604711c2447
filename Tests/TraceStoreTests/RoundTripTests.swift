import Testing
import TraceStore
import Traces

@Suite("What is read equals what was written")
struct RoundTripTests {
  @Test("every number, text and parent of random trees, bit for bit", arguments: 1...8)
  func randomTrees(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let records = Build.randomRecords(seed: seed, problems: 3, rollouts: 75)
    try store.ingest(records)
    for graded in records {
      let problem = try store.problem(key: graded.record.problem.key)
      #expect(problem.problem == graded.record.problem)
      let rollouts = try store.rollouts(of: problem)
      #expect(rollouts.count == graded.record.rollouts.count)
      for (index, (stored, written)) in zip(rollouts, graded.record.rollouts).enumerated() {
        #expect(stored.index == index)
        expectEqual(stored, written, order: graded.record.columns)
        #expect(stored.answer == graded.answers[index]?.text)
        #expect(stored.isRight == graded.answers[index]?.isRight)
      }
    }
  }

  private func expectEqual(_ stored: StoredRollout, _ written: RolloutRecord, order: [ScoreColumn]) {
    let record = stored.record
    #expect(record.text == written.text)
    #expect(record.stepEnds == written.stepEnds)
    #expect(record.parent == written.parent)
    #expect(record.tokens == written.tokens)
    #expect(record.totalTokens == written.totalTokens)
    #expect(bits(record.logProbabilities) == bits(written.logProbabilities))
    #expect(record.finish == written.finish)
    #expect(record.sourceVerdict == written.sourceVerdict)
    for (column, scores) in zip(stored.columns, record.scores) {
      let original = order.firstIndex(of: column)
      #expect(original != nil)
      if let original { #expect(bits(scores) == bits(written.scores[original])) }
    }
  }

  private func bits(_ numbers: [Double]) -> [UInt64] { numbers.map(\.bitPattern) }

  @Test("the numbers that replay loads are those that were written")
  func segments() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let rollouts = [
      Build.rollout(["a", "b"], scores: [[0.1, .leastNonzeroMagnitude]], finish: .open),
      Build.rollout(["c"], scores: [[Double(1).nextDown]], parent: .init(rollout: 0, step: 2)),
      Build.rollout(["a"], scores: [[]], finish: .length),
    ]
    let record = Build.record(
      problem: "p", rollouts: rollouts, answers: [nil, Build.answer("2"), Build.answer("1", right: true)],
      columns: [Build.stepColumn])
    try store.ingest([record])
    let segments = try store.segments(of: store.problem(key: "p"))
    #expect(segments.firstStep == [0, 2, 3, 4])
    #expect(segments.parent == [-1, 0, -1])
    #expect(segments.parentStep == [0, 2, 0])
    #expect(segments.finish == [.open, .stop, .length])
    #expect(segments.answerClass == [-1, 1, 0])
    #expect(segments.columns == [Build.stepColumn])
    #expect(segments.scoreSteps[0].prefix(3) == [0.1, .leastNonzeroMagnitude, Double(1).nextDown])
    #expect(segments.scoreSteps[0][3].isNaN)
    #expect(segments.keySteps[0] == segments.keySteps[3])
    #expect(segments.keySteps[0] != segments.keySteps[1])
    #expect(segments.tokenSteps == [-1, -1, -1, -1])
    #expect(!segments.hasApportionedTokens)
  }

  @Test("texts with NUL, quotes and no characters at all")
  func hostileTexts() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let steps = ["", "a\u{0}b", "'; DROP TABLE rollout; --", "\u{1F600}", ""]
    try store.ingest([Build.record(problem: "p'\u{0}\"", rollouts: [Build.rollout(steps)])])
    let problem = try store.problem(key: "p'\u{0}\"")
    let stored = try store.rollouts(of: problem)
    #expect(stored[0].stepTexts == steps)
    #expect(stored[0].record.text == steps.joined(separator: "\n"))
  }

  @Test("step ends beyond 64 KiB")
  func longText() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let steps = [String(repeating: "x", count: 65_535), "y", String(repeating: "z", count: 70_000)]
    try store.ingest([
      Build.record(problem: "p", rollouts: [Build.rollout([steps[0]]), Build.rollout(steps)])
    ])
    let stored = try store.rollouts(of: store.problem(key: "p"))
    #expect(stored[0].record.stepEnds == [65_535])
    #expect(stored[1].record.stepEnds == [65_535, 65_537, 135_538])
    #expect(stored[1].stepTexts == steps)
  }

  @Test(
    "levels are given back as written and compare as numbers where they are numbers",
    arguments: ["5", "05", "5.0", "1e2", " 5", "Level 5", "-3", "9223372036854775808", "0x10", "", "inf"])
  func levels(level: String) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var record = Build.record(problem: "p", rollouts: [Build.rollout(["a"])])
    record.record.problem.level = level
    try store.ingest([record])
    #expect(try store.problem(key: "p").problem.level == level)
    #expect(try store.problems(where: "level = 5").count == (Double(level.trimmingPrefix(" ")) == 5 ? 1 : 0))
  }
}
