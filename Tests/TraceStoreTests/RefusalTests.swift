import Testing
import TraceStore
import Traces

/// A change to a good record that makes it unacceptable, and the field that the message must name.
struct Spoiling: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let field: String
  let spoil: @Sendable (inout GradedRecord) -> Void

  init(_ name: String, field: String, _ spoil: @escaping @Sendable (inout GradedRecord) -> Void) {
    testDescription = name
    self.field = field
    self.spoil = spoil
  }
}

@Suite("Records that are refused")
struct RefusalTests {
  static let spoilings = [
    Spoiling("no key", field: "problem.id") { $0.record.problem.key = "" },
    Spoiling("no steps", field: "rollouts[1].steps") { $0.record.rollouts[1].stepEnds = [] },
    Spoiling("a step beyond the text", field: "rollouts[1].steps[1]") { $0.record.rollouts[1].stepEnds[1] = 99 },
    Spoiling("steps in disorder", field: "rollouts[1].steps[1]") { $0.record.rollouts[1].stepEnds[1] = 0 },
    Spoiling("too few scores", field: "rollouts[1].scores.prm") { $0.record.rollouts[1].scores[0] = [0.5] },
    Spoiling("a score of 1.7", field: "rollouts[1].steps[0].scores.prm") { $0.record.rollouts[1].scores[0][0] = 1.7 },
    Spoiling("NaN", field: "rollouts[1].steps[1].prefixScores.prm") { $0.record.rollouts[1].scores[1][1] = .nan },
    Spoiling("an infinite logit", field: "rollouts[1].steps[1].scores.log") {
      $0.record.rollouts[1].scores[2][1] = .infinity
    },
    Spoiling("a list of scores too many", field: "rollouts[1].scores") { $0.record.rollouts[1].scores.append([]) },
    Spoiling("a column twice", field: "scores.prm") { $0.record.columns[1] = Build.stepColumn },
    Spoiling("too few tokens", field: "rollouts[1].tokens") { $0.record.rollouts[1].tokens = [1] },
    Spoiling("negative tokens", field: "rollouts[1].steps[1].tokens") { $0.record.rollouts[1].tokens = [1, -1] },
    Spoiling("a total that is not the sum", field: "rollouts[1].tokens") {
      $0.record.rollouts[1].tokens = [1, 2]
      $0.record.rollouts[1].totalTokens = 4
    },
    Spoiling("an infinite log-probability", field: "rollouts[1].steps[0].logprob") {
      $0.record.rollouts[1].logProbabilities = [-.infinity, 0]
    },
    Spoiling("an answer of an open rollout", field: "rollouts[0].answer") { $0.answers[0] = Build.answer("2") },
    Spoiling("too few answers", field: "answers") { $0.answers = [] },
    Spoiling("a parent that comes later", field: "rollouts[1].parent.rollout") {
      $0.record.rollouts[1].parent = .init(rollout: 1, step: 0)
    },
    Spoiling("a parent before the first", field: "rollouts[0].parent.rollout") {
      $0.record.rollouts[0].parent = .init(rollout: -1, step: 0)
    },
    Spoiling("a parent that is too short", field: "rollouts[1].parent.step") {
      $0.record.rollouts[1].parent = .init(rollout: 0, step: 3)
    },
    Spoiling("a parent that is over", field: "rollouts[1].parent.step") {
      $0.record.rollouts[0].finish = .length
      $0.record.rollouts[1].parent = .init(rollout: 0, step: 2)
    },
    Spoiling("another statement", field: "problem.statement") { $0.record.problem.statement = "else" },
    Spoiling("another answer", field: "problem.answer") { $0.record.problem.answer = "2" },
    Spoiling("another temperature", field: "recording.temperature") { $0.recording.temperature = 0.1 },
    Spoiling("another delimiter", field: "recording.delimiter") { $0.recording.delimiter = "\n\n" },
    Spoiling("another scale", field: "scores.log") { $0.record.columns[2].scale = .unbounded },
    Spoiling("another verdict", field: "answer") { $0.answers[1]?.isRight = true },
  ]

  private func good() -> GradedRecord {
    Build.record(
      problem: "p",
      rollouts: [
        Build.rollout(["a", "b"], scores: [[0.5, 0.5], [0.5, 0.5], [0, 1]], finish: .open),
        Build.rollout(["a", "c"], scores: [[0.5, 0.5], [0.5, 0.5], [0, 1]]),
      ],
      answers: [nil, Build.answer("3")], columns: [Build.stepColumn, Build.prefixColumn, Build.logitColumn], line: 4)
  }

  @Test("each names its field and writes nothing", arguments: spoilings)
  func refuses(spoiling: Spoiling) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest([good()])
    let writer = try store.begin("b")
    let before = try Tables(path: store.path)
    var record = good()
    spoiling.spoil(&record)
    let error = #expect(throws: UnacceptableData.self) { try writer.write(batch: [record]) }
    #expect(error?.field == spoiling.field)
    #expect(error?.line == 4)
    #expect(try Tables(path: store.path) == before)
  }

  @Test("what one source leaves open is filled in by another")
  func completes() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var bare = Build.record(problem: "p", rollouts: [Build.rollout(["a"])])
    bare.record.problem = Problem(key: "p")
    bare.recording = Recording(name: "warm", delimiter: "\n", date: "2026-02-02")
    try store.ingest([bare])
    var full = Build.record(problem: "p", rollouts: [Build.rollout(["a"])])
    full.recording.date = "2026-01-01"
    try store.ingest([full], name: "b")
    try store.ingest([bare], name: "c")
    #expect(try store.problem(key: "p").problem == full.record.problem)
    #expect(try store.recordings().map(\.recording) == [full.recording])
  }

  @Test("an answer that comes after rollouts were graded without one is refused")
  func lateAnswer() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var bare = Build.record(problem: "p", rollouts: [Build.rollout(["a"])], answers: [Build.answer("3")])
    bare.record.problem.answer = nil
    try store.ingest([bare])
    let error = #expect(throws: UnacceptableData.self) {
      try store.ingest([Build.record(problem: "p", rollouts: [])], name: "b")
    }
    #expect(error?.field == "problem.answer")
  }

  @Test("a tree belongs to one recording")
  func parentOfAnotherRecording() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let child = Build.rollout(["c"], parent: .init(rollout: 0, step: 1))
    let error = #expect(throws: UnacceptableData.self) {
      try store.ingest([
        Build.record(problem: "p", rollouts: [Build.rollout(["a", "b"])]),
        Build.record(problem: "p", rollouts: [child], recording: Build.recording("cold")),
      ])
    }
    #expect(error?.field == "rollouts[0].parent.rollout")
    #expect(error?.remedy?.contains("--recording") == true)
  }
}
