import Estimation
import Foundation
import Testing
import Traces

@testable import Studies

@Suite struct TreeInspectionTests {
  private let folder: TemporaryFolder
  private let store: String

  /// Five rollouts and a branch: "a" three times (right twice, wrong once), "I give up" once, "c" open; the
  /// branch leaves the first rollout after "a" and ends wrong.
  init() throws {
    folder = try TemporaryFolder()
    var branch = WrittenRollout([("a5", 0.25)], answer: "3")
    branch.parent = .init(rollout: 0, step: 1)
    let line = try WrittenProblem.line(
      "sum/1", gold: "2", statement: "What is\n1 + 1?",
      [
        WrittenRollout([("a", 0.5), ("a2", 1)], answer: "2"), WrittenRollout([("a", 0.5), ("a2", 1)], answer: "2"),
        WrittenRollout([("a", 0.5), ("a3", 0.0001)], answer: "3"), WrittenRollout([("I give up", 0.75)], answer: nil),
        WrittenRollout([("c", 0.125)], answer: nil, finish: nil), branch,
      ])
    store = try folder.store([line])
  }

  private func tree(_ bounds: OutlineBounds = OutlineBounds(), merges: Bool = true) throws -> TreeInspection {
    try ProblemInspection(of: "sum/1", in: store).tree(mergesPrefixes: merges, bounds: bounds)
  }

  @Test func text() throws {
    #expect(
      try tree().text == """
        sum/1: What is⏎1 + 1?
        gold answer: 2
        recording r: 6 rollouts and branches, 6 nodes, 2 steps at most
        scores: prm step

        votes of 4 complete rollouts, 5 recorded ends in all
          class 0, right: 2 votes  2
          class 1, wrong: 1 vote, 2 ends  3
          no answer: 1

        prompt  (2 of 5 right)
        ├─ 3x 0.500  a  (2 of 4 right)
        │  ├─ 2x 1.000  a2  → 2 (class 0, right)
        │  ├─ 1x 1e-04  a3  → 3 (class 1, wrong)
        │  └─ 1x 0.250  a5  → 3 (class 1, wrong)
        ├─ 1x 0.750  I give up  → no answer
        └─ 1x 0.125  c  (open)

        """)
  }

  @Test func unmergedRolloutsAreChains() throws {
    let text = try tree(merges: false).text
    #expect(text.contains("9 nodes"))
    #expect(text.contains("├─ 1x 0.500  a\n│  1x 1.000  a2  → 2 (class 0, right)\n"))
  }

  @Test func boundsWhatItShows() throws {
    let lines = try tree(OutlineBounds(depth: 1, top: 1)).text.split(separator: "\n").suffix(4)
    #expect(
      lines == [
        "prompt  (2 of 5 right)", "├─ 3x 0.500  a  (2 of 4 right)", "│  └─ … 3 more branches, 4 draws",
        "└─ … 2 more branches, 2 draws",
      ])
  }

  @Test func json() throws {
    let json = try JSONDecoder().decode(JSONValue.self, from: Data(try tree().json.utf8))
    guard case .array(let nodes) = json["nodes"], case .array(let classes) = json["classes"] else {
      Issue.record("no nodes or classes")
      return
    }
    #expect(json["problem"] == .string("sum/1"))
    #expect(json["statement"] == .string("What is\n1 + 1?"))
    #expect(json["nodesLeftOut"] == .integer(0))
    #expect(nodes.count == 7)
    #expect(classes.map { $0["votes"] } == [.integer(2), .integer(1)])
    let right = try #require(nodes.first { $0["text"] == .string("a2") })
    #expect(right["visits"] == .integer(2))
    #expect(right["parent"] == .integer(1))
    #expect(right["right"] == .bool(true))
    #expect(right["answer"] == .string("2"))
    let open = try #require(nodes.first { $0["text"] == .string("c") })
    #expect(open["terminal"] == .bool(false))
    #expect(open["right"] == .null)
  }

  @Test func refusesWhatIsNotThere() throws {
    let refusal = #expect(throws: UnacceptableData.self) { try ProblemInspection(of: "sum/2", in: store) }
    #expect(refusal?.remedy?.contains("sum/1") == true)
    let inspection = try ProblemInspection(of: "sum/1", in: store)
    #expect(throws: StudyError.self) { try inspection.tree(recording: "q", bounds: OutlineBounds()) }
    #expect(throws: UnacceptableData.self) { try inspection.tree(scorer: "q", bounds: OutlineBounds()) }
  }

  @Test func showsTheFirstRecordingThatTheProblemHas() throws {
    let other = try folder.write(
      [try WrittenProblem.line("only/1", [WrittenRollout([("x", 0.5)], answer: "1")])], to: "other.jsonl")
    try folder.ingest(other) { $0.recording = "z" }
    let inspection = try ProblemInspection(of: "only/1", in: store)
    #expect(try inspection.tree(bounds: OutlineBounds()).recording == "z")
    #expect(try inspection.otherRecordings(than: "z").isEmpty)
    #expect(throws: InspectionError.noRollouts(problem: "only/1", recordings: ["r"])) {
      try inspection.tree(recording: "r", bounds: OutlineBounds())
    }
  }
}
