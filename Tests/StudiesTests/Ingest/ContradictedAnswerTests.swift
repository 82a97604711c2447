import Foundation
import Testing
import TraceStore

@testable import Studies

/// A file's own gold answers beside those of `--problems`.
@Suite("Gold answers that contradict each other")
struct ContradictedAnswerTests {
  private let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private func qwen(_ number: Int, _ statement: String, gold: String) -> String {
    #"{"idx":\#(number),"question":"\#(statement)","gt":"\#(gold)","code":["x"],"pred":[""],"score":[false]}"# + "\n"
  }

  @Test("the file's own counts, and the first is named")
  func kept() throws {
    let table = try folder.write(
      "p.jsonl",
      """
      {"id":"P/one","problem":"Q one?","answer":"7"}
      {"id":"P/two","problem":"Q two?","answer":"$\\\\frac{1}{2}$"}
      {"id":"P/three","problem":"Q three?","answer":"8"}

      """)
    let file = try folder.write(
      "a.jsonl",
      qwen(0, "Q one?", gold: "5") + qwen(1, "Q two?", gold: "1/2") + qwen(2, "Q three?", gold: "9"))
    let summary = try folder.ingest([file], into: "store") { $0.problems = table }
    #expect(summary.contradictedAnswers == 2)
    #expect(
      summary.files[0].firstContradictedAnswer
        == #"problem P/one has the gold answer "5" here, "7" in --problems"#)
    let problems = try TraceStore(path: folder["store"], mode: .readOnly).problems().map(\.problem)
    #expect(problems.map(\.key) == ["P/one", "P/three", "P/two"])
    #expect(problems.map(\.answer) == ["5", "9", "1/2"])
  }

  @Test("of one statement under two ids, the answer decides, then the order of names")
  func oneStatement() throws {
    let lines = [
      #"{"id":"b","problem":"Q?","answer":"5"}"#, #"{"id":"a","problem":"Q?","answer":"5"}"#,
      #"{"id":"c","problem":"Q?","answer":"7"}"#,
    ]
    let files = try ["5", "7"].map { try folder.write("\($0).jsonl", qwen(0, "Q?", gold: $0)) }
    for (name, order) in [("1", lines), ("2", lines.reversed())] {
      let table = try folder.write("table.jsonl", order.joined(separator: "\n") + "\n")
      let summary = try folder.ingest(files, into: name) { $0.problems = table }
      #expect(summary.contradictedAnswers == 0)
      let problems = try TraceStore(path: folder[name], mode: .readOnly).problems().map(\.problem.key)
      #expect(problems == ["a", "c"])
    }
  }
}
