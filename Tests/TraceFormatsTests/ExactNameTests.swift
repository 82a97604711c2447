import Testing
import Traces

@testable import TraceFormats

/// Names and texts that are canonically equivalent, but written differently, are different.
@Suite struct ExactNameTests {
  static let composed = "\u{e9}"
  static let decomposed = "e\u{301}"

  private func line(_ id: String, _ rollouts: String) -> String {
    "{\"problem\": {\"id\": \"\(id)\", \"answer\": \"1\"}, \"rollouts\": [\(rollouts)]}\n"
  }

  /// Bug: rollouts of two problems were counted as those of one, so parents pointed to the other's.
  @Test func keepsProblemsApart() throws {
    let first = #"{"steps": [{"text": "n"}], "finish": null}"#
    let second = first + #", {"steps": [{"text": "m"}], "finish": "stop", "parent": {"rollout": 0, "step": 1}}"#
    let records = try read(text: line(Self.composed, first) + line(Self.decomposed, second)).records
    #expect(records.map { Array($0.problem.key.utf8) } == [Array(Self.composed.utf8), Array(Self.decomposed.utf8)])
    #expect(records[1].rollouts[1].parent == RolloutRecord.Parent(rollout: 0, step: 1))
    #expect(records[0].problem != records[1].problem)
  }

  @Test func keepsProblemsOfATableApart() {
    var table = ProblemTable()
    table.add(Problem(key: Self.composed, statement: Self.composed, answer: "1"))
    table.add(Problem(key: Self.decomposed, statement: Self.decomposed, answer: "2"))
    #expect(table.problems.count == 2)
    #expect(table[Self.composed]?.answer == "1")
    #expect(table.problem(stating: " \(Self.decomposed)\n")?.answer == "2")
  }

  @Test func keepsScorersApart() throws {
    let scores = "{\"\(Self.composed)\": 0.5, \"\(Self.decomposed)\": 0.25}"
    let record = try read(text: line("p", "{\"steps\": [{\"text\": \"a\", \"scores\": \(scores)}], \"finish\": null}"))
      .records[0]
    #expect(record.columns.count == 2)
    #expect(Set(record.columns).count == 2)
    #expect(record.rollouts[0].scores == [[0.5], [0.25]])
  }

  /// Bug: of two siblings that differ in their normalization only, the second took the first's place.
  @Test func keepsStepsOfGenerationCassettesApart() throws {
    func steps(_ prefix: [String], _ texts: String...) -> String {
      let list = texts.map { "{\"text\": \"\($0)\"}" }.joined(separator: ", ")
      return "{\"key\": \"p:\(CrucibleScoring.digest(prefix))\", \"batches\": [[\(list)]]}"
    }
    let records = [steps([], Self.composed, Self.decomposed), steps([Self.decomposed], "x")].joined(separator: ", ")
    let text =
      "{\"backend\": \"b\", \"problems\": [{\"id\": \"p\", \"answer\": \"1\"}], \"step_records\": [\(records)]}"
    let rollouts = try read(text: text).records[0].rollouts
    #expect(rollouts.map { Array($0.text.utf8) } == [Array(Self.composed.utf8), Array("\(Self.decomposed)\n\nx".utf8)])
  }

  /// A mark may be followed by a combining character; a label is compared byte by byte.
  @Test func comparesTextsOfMathShepherdByBytes() throws {
    let text = "q Step 1: \(Self.composed) ки"
    let other = "q Step 1: \(Self.decomposed) +"
    #expect(refusal(of: "{\"input\": \"\(text)\", \"label\": \"\(other)\", \"task\": \"t\"}")?.field == "label")
    let accents = "{\"input\": \"q Step 1: a ки\u{301} ки\", \"label\": \"q Step 1: a +\u{301} -\", \"task\": \"t\"}"
    #expect(try read(text: accents).records[0].rollouts[0].scores == [[1, 0]])
  }
}
