import Testing
import TraceStore
import Traces

@Suite("Import of scores")
struct ScoreImportTests {
  private func store(in directory: TemporaryDirectory) throws -> TraceStore {
    let store = try directory.store()
    let rollouts = [Build.rollout(["a", "b"]), Build.rollout(["c"]), Build.rollout(["d", "e", "f"])]
    try store.ingest(["p", "q"].map { Build.record(problem: $0, rollouts: rollouts) })
    return store
  }

  private func add(
    _ lines: [ImportedScores],
    to store: TraceStore,
    skipInvalid: ((UnacceptableData) -> Void)? = nil
  ) throws -> ScoreImportReport {
    var rest = [lines]
    return try store.importScores(file: "scores.jsonl", skipInvalid: skipInvalid) { rest.popLast() }
  }

  private func line(
    _ problem: String = "p",
    _ rollout: Int,
    _ scores: [Double],
    prefix: [Double] = [],
    scorer: String = "new",
    line: Int = 1
  ) -> ImportedScores {
    ImportedScores(
      problem: problem, rollout: rollout, scorer: scorer, stepScores: scores, prefixScores: prefix, line: line)
  }

  @Test("adds both channels to the right rollouts, in any order, and reports the coverage")
  func adds() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    let report = try add(
      [line("q", 2, [0.1, 0.2, 0.3], prefix: [0.4, 0.5, 0.6]), line("p", 1, [0.7]), line("q", 0, [0.8, 0.9])], to: store
    )
    #expect(report.lists == 4)
    #expect(report.scores == 9)
    let coverage = report.coverage.map { "\($0.column.channel) in \($0.recording): \($0.scored) of \($0.rollouts)" }
    #expect(coverage == ["step in warm: 3 of 6", "prefix in warm: 1 of 6"])
    let rollouts = try store.rollouts(of: store.problem(key: "q"))
    #expect(rollouts.map(\.record.scores) == [[[0.8, 0.9], []], [[], []], [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]])
    let segments = try store.segments(of: store.problem(key: "p"), scorers: ["new"])
    #expect(segments.scoreSteps[0][2] == 0.7)
    #expect(segments.scoreSteps[0].count { $0.isNaN } == 5)
  }

  @Test("the same file again changes nothing")
  func again() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    let lines = [line("p", 0, [0.1, 0.2]), line("q", 1, [0.3], prefix: [0.4])]
    _ = try add(lines, to: store)
    let before = try Tables(path: store.path)
    let report = try add(lines, to: store)
    #expect(report.lists == 0)
    #expect(report.unchanged == 3)
    #expect(try Tables(path: store.path) == before)
  }

  @Test("a line is taken whole or not at all, also where such lines are left out")
  func wholeLines() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    _ = try add([line("p", 1, [], prefix: [0.5]), line("q", 1, [0.25], scorer: "other")], to: store)
    let before = try Tables(path: store.path)
    var refused: [UnacceptableData] = []
    let bad = [line("p", 1, [0.7], prefix: [0.6]), line("q", 1, [0.5], prefix: [0.5], scorer: "other", line: 2)]
    let report = try add(bad, to: store) { refused.append($0) }
    #expect((report.lists, report.skipped) == (0, 2))
    #expect(refused.map(\.field) == ["prefixScores", "scores"])
    #expect(try Tables(path: store.path) == before, "neither scores nor a scorer without any")
    let good = try add([line("p", 1, [0.7], prefix: [0.5])], to: store)
    #expect((good.lists, good.unchanged) == (1, 1))
  }

  @Test("scores find the rollout whose check they bring where its index has changed")
  func movedRollouts() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    let twins = [Build.rollout(["x"]), Build.rollout(["x"]), Build.rollout(["y"])]
    try store.ingest([Build.record(problem: "t", rollouts: twins)], name: "b")
    func checks(_ problem: String) throws -> [String] {
      try store.rollouts(of: store.problem(key: problem)).map(\.check)
    }
    var moved = line("q", 2, [0.125])
    moved.check = try checks("q")[1]
    let report = try add([moved], to: store)
    #expect(report.lists == 1)
    #expect(try store.rollouts(of: store.problem(key: "q")).map { $0.record.scores.first ?? [] } == [[], [0.125], []])
    var several = line("t", 2, [0.5], line: 4)
    several.check = try checks("t")[0]
    var none = line("q", 1, [0.5], line: 5)
    none.check = try checks("t")[2]
    for line in [several, none] {
      let refusal = #expect(throws: UnacceptableData.self) { try add([line], to: store) }
      #expect(refusal?.field == "check")
      #expect(refusal?.line == line.line)
    }
  }

  @Test("the order of lines and files does not matter to the content")
  func order() throws {
    let directory = try TemporaryDirectory()
    let lines = [line("p", 0, [0.1, 0.2]), line("q", 1, [0.3]), line("p", 1, [0.5], scorer: "zeta")]
    let first = try store(in: directory)
    _ = try add(lines, to: first)
    let other = try TemporaryDirectory()
    let second = try store(in: other)
    for line in lines.reversed() { _ = try add([line], to: second) }
    #expect(try first.contentHash() == second.contentHash())
  }

  @Test("whatever does not fit is refused by field and line, and nothing is added")
  func refusals() throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    try store.ingest(
      [Build.record(problem: "q", rollouts: [Build.rollout(["x"])], recording: Build.recording("cold"))], name: "b")
    _ = try add([line("p", 2, [0, 0, 0])], to: store)
    var unknownRecording = line("p", 0, [0.1, 0.2], line: 2)
    unknownRecording.recording = "worm"
    var otherScale = line("p", 0, [3, 4], line: 2)
    otherScale.scale = .logit
    let bad: [(ImportedScores, String)] = [
      (line("r", 0, [0.1], line: 2), "problem"), (line("p", 3, [0.1], line: 2), "rollout"),
      (line("p", -1, [0.1], line: 2), "rollout"), (line("p", 0, [0.1], line: 2), "scores"),
      (line("p", 0, [0.1, 1.7], line: 2), "scores[1]"),
      (line("p", 0, [], prefix: [.nan, 1], line: 2), "prefixScores[0]"),
      (line("p", 2, [0, 0, 0.5], line: 2), "scores"), (line("q", 0, [0.1, 0.2], line: 2), "recording"),
      (unknownRecording, "recording"), (otherScale, "scores.new"),
    ]
    let before = try Tables(path: store.path)
    for (line, field) in bad {
      let error = #expect(throws: UnacceptableData.self) { try add([self.line("p", 1, [0.2]), line], to: store) }
      #expect(error?.field == field)
      #expect(error?.line == 2)
      #expect(error?.file == "scores.jsonl")
      #expect(try Tables(path: store.path) == before)
    }
    var skipped: [UnacceptableData] = []
    let report = try add([line("p", 1, [0.2])] + bad.map(\.0), to: store) { skipped.append($0) }
    #expect(report.lists == 1)
    #expect(report.skipped == bad.count)
    #expect(skipped.map(\.field) == bad.map(\.1))
  }
}
