import Testing
import Traces

@testable import TraceFormats

@Suite struct CrucibleReaderTests {
  @Test func readsBestOfNExactly() throws {
    let (records, summary) = try read(fixture("crucible/best-of-n.json"))
    #expect(summary.format.name == "crucible")
    #expect(records.count == 2)
    #expect(records[0].problem == Problem(key: "easy-0", dataset: "easy", answer: "\\frac{1}{2}", level: "level-2"))
    #expect(records[0].recording?.model == "small-instruct")
    #expect(records[0].recording?.temperature == 0.7)
    #expect(records[0].recording?.seed == 3)
    #expect(records[0].recording?.date == "2026-02-03T04:05:06")
    #expect(records[0].columns == [ScoreColumn(scorer: "some/prm", channel: .step)])
    let rollouts = records[0].rollouts
    #expect(rollouts.map(\.text) == ["It is\n\n$\\boxed{0.5}$", "No idea"])
    #expect(rollouts.map(\.stepEnds) == [[20], [7]])
    #expect(rollouts.map(\.scores) == [[[0.8125]], [[0.25]]])
    #expect(rollouts.map(\.tokens) == [[9], [16]])
    #expect(rollouts.map(\.sourceVerdict) == [true, false])
    #expect(rollouts.map(\.finish) == [.stop, .length])
  }

  @Test func namesTheLineAndTheFieldInADocument() throws {
    let text = """
      {"meta": {},
       "records": [
        {"problem_id": "a", "gold": "1", "traces": [{"text": "t", "prm_score": 0.5},
         {"text": "u", "prm_score": 2}]}]}
      """
    let found = try #require(refusal(of: text))
    #expect(found.line == 4)
    #expect(found.field == "records[0].traces[1].prm_score")
    #expect(found.found == "2")
  }

  @Test func skipsRecordsOfADocument() throws {
    let text = """
      {"meta": {}, "records": [
        {"problem_id": "a", "gold": "1", "traces": [{"text": "t", "prm_score": 0.5}]},
        {"problem_id": "b", "gold": "1", "traces": [{"text": "t", "prm_score": 7}]},
        {"problem_id": "c", "gold": "1", "traces": [{"text": "t"}]}]}
      """
    let (records, summary) = try read(text: text, ReadingOptions(skipInvalid: true))
    #expect(records.map(\.problem.key) == ["a", "c"])
    #expect(summary.skipped == 1)
    #expect(summary.firstRefusals.first?.line == 3)
    #expect(summary.firstRefusals.first?.field == "records[1].traces[0].prm_score")
    #expect(records[1].rollouts[0].scores == [[]])
  }

  /// What the taker of records throws comes out as it was thrown, also when invalid records are skipped.
  @Test(arguments: [true, false])
  func passesOnWhatTheTakerThrows(_ skipInvalid: Bool) throws {
    let thrown = UnacceptableData(field: "mine", found: "x", expected: "y")
    let found = #expect(throws: UnacceptableData.self) {
      try TraceReading(ReadingOptions(skipInvalid: skipInvalid)).read(InputFile(fixture("crucible/best-of-n.json"))) {
        _ in
        throw thrown
      }
    }
    #expect(found?.field == "mine")
  }

  @Test func separatesPRMCassettes() throws {
    let files = try InputWalker.files(behind: [fixture("crucible")])
    let (traces, scores) = try PrefixScoreFiles.separated(files)
    #expect(traces.map(\.stem) == ["best-of-n", "generation"])
    #expect(scores?.scorer == "tiny-prm")
  }

  @Test(arguments: [("math500-bestofn-seed0.json", 40), ("gsm8k-bestofn.json", 20)])
  func readsTheSharedRecordings(_ name: String, _ problems: Int) throws {
    guard let path = shared("data/crucible/" + name) else { return }
    let (records, _) = try read(path)
    #expect(records.count == problems)
    #expect(records.allSatisfy { $0.rollouts.count == 8 && $0.rollouts.allSatisfy { $0.scores[0].count == 1 } })
  }
}
