import TraceStore
import Traces

/// The content of `fixtures/store`, which the examples of `docs/store.md` ask: three problems, two recordings, one reward
/// model.
enum ExampleStore {
  static func make(in directory: TemporaryDirectory) throws -> TraceStore {
    let store = try directory.store("example.retrace")
    try store.ingest([addition, multiplication, fraction], name: "warm")
    try store.ingest([tree], name: "search")
    return store
  }

  private static let columns = [Build.stepColumn, Build.prefixColumn]
  private static let warm = Recording(name: "warm", model: "tiny", temperature: 0.8, delimiter: "\n")
  private static let search = Recording(
    name: "beam", model: "tiny", temperature: 0.8, delimiter: "\n", sampling: .search)

  private static let addition = record(
    Problem(key: "add/1", statement: "What is 2 + 3?", answer: "5", subject: "Arithmetic", level: "1"),
    [
      made("2 + 3 = 5\nso \\boxed{5}", [0.9, 0.95], [0.9, 0.875], "5", right: true),
      made("3 + 2 = 5\nso \\boxed{5}", [0.875, 0.75], [0.875, 0.75], "5", right: true),
      made("2 + 3 = 6\nso \\boxed{6}", [0.25, 0.5], [0.25, 0.125], "6"),
    ])

  private static let multiplication = record(
    Problem(key: "mul/1", statement: "What is 6 times 7?", answer: "42", subject: "Arithmetic", level: "2"),
    [
      made("6 * 7 = 42\n\\boxed{42}", [0.75, 0.5], [0.75, 0.5], "42", right: true),
      made("6 * 7 = 48\n\\boxed{48}", [0.5, 0.9375], [0.5, 0.25], "48", verdict: true),
      made("7 * 6 = 48\nthat is it\n\\boxed{48}", [0.375, 0.25, 0.75], [0.375, 0.125, 0.125], "48"),
    ])

  private static let fraction = record(
    Problem(key: "frac/1", statement: "What is 1/2 + 1/4?", answer: "3/4", subject: "Fractions", level: "3"),
    [
      made("2/4 + 1/4\n\\boxed{3/4}", [0.625, 0.875], [0.625, 0.75], "3/4", right: true),
      made("1/2 + 1/4\n\\boxed{0.75}", [0.5, 0.5], [0.5, 0.5], "0.75", right: true),
      made("I do not know", [0.125], [0.0625], nil),
    ])

  private static let tree = record(
    Problem(key: "mul/1"),
    [
      made("6 * 7 is", [0.5], [0.5], nil, finish: .open),
      made("42\n\\boxed{42}", [0.875, 0.75], [0.875, 0.75], "42", right: true, parent: .init(rollout: 0, step: 1)),
      made("49", [0.125], [0.125], nil, finish: .open, parent: .init(rollout: 0, step: 1)),
    ], recording: search)

  private typealias Made = (rollout: RolloutRecord, answer: GradedAnswer?)

  private static func made(
    _ text: String,
    _ steps: [Double],
    _ prefixes: [Double],
    _ answer: String?,
    right: Bool = false,
    verdict: Bool? = nil,
    finish: Finish = .stop,
    parent: RolloutRecord.Parent? = nil
  ) -> Made {
    let parts = text.split(separator: "\n").map(String.init)
    var rollout = RolloutRecord(steps: parts, delimiter: "\n", finish: finish, scores: [steps, prefixes])
    rollout.tokens = parts.map { Int32($0.utf8.count) }
    rollout.parent = parent
    rollout.sourceVerdict = verdict
    return (rollout, answer.map { Build.answer($0, right: right) })
  }

  private static func record(_ problem: Problem, _ made: [Made], recording: Recording = warm) -> GradedRecord {
    let record = TraceRecord(problem: problem, columns: columns, rollouts: made.map(\.rollout), line: 1)
    return GradedRecord(record: record, recording: recording, answers: made.map(\.answer))
  }
}
