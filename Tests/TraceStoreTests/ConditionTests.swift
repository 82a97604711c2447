import Testing
import TraceStore
import Traces

@Suite("Conditions on problems")
struct ConditionTests {
  private func store(in directory: TemporaryDirectory) throws -> TraceStore {
    let store = try directory.store()
    var records = ["a", "b", "c"].map { Build.record(problem: $0, rollouts: [Build.rollout(["x"])]) }
    records[1].record.problem.level = "3"
    records[2].record.problem.subject = "Algebra (2)"
    try store.ingest(records)
    return store
  }

  @Test(
    "select problems by their columns",
    arguments: [
      ("level = 5", ["a", "c"]), ("level = '5'", ["a", "c"]), ("level < 4 OR subject LIKE 'alg%'", ["b", "c"]),
      ("key IN ('a', 'b')", ["a", "b"]), ("NOT (level BETWEEN 1 AND 4)", ["a", "c"]), ("subject IS NULL", ["a", "b"]),
      ("subject = 'Algebra (2)'", ["c"]), ("length(key) = 1 and level != 5", ["b"]),
      ("dataset = 'toy'", ["a", "b", "c"]),
      ("subject GLOB '*(2)' OR key = '--'", ["c"]),
    ])
  func selects(condition: String, keys: [String]) throws {
    let directory = try TemporaryDirectory()
    #expect(try store(in: directory).problems(where: condition).map(\.problem.key) == keys)
  }

  @Test(
    "refuse whatever is no expression over these columns, and leave the store alone",
    arguments: [
      "", "lvl = 5", "level =", "level = 5)", "(level = 5", "level = 5; DROP TABLE problem", "1) UNION SELECT 1 --",
      "level = 5 -- all", "level = 5 /* all", "id IN (SELECT problem FROM rollout)", "load_extension('x')",
      "randomblob(1000000000)", "level = 'five", "key = ?1", "level = 5) OR (1 = 1", "level level", "`key` = 1",
      "[key] = 1", "substr(key)", "key = \"five\"",
    ])
  func refuses(condition: String) throws {
    let directory = try TemporaryDirectory()
    let store = try store(in: directory)
    let error = #expect(throws: UnacceptableData.self) { try store.problems(where: condition) }
    #expect(error?.field?.hasPrefix("--where") == true)
    #expect(try store.problems().count == 3)
  }
}
