import Foundation
import Testing
import Traces

@testable import TraceFormats

@Suite struct OpenRReaderTests {
  /// -1.0, in a list or alone, stands for no values; a blank line at the end begins no step here.
  @Test func readsTheFixtureExactly() throws {
    let (records, summary) = try read(fixture("openr/question_7/record_0.jsonl"))
    #expect(summary.format.name == "openr")
    #expect(summary.convention == OpenRStepRule.filledParagraphs.words)
    let record = records[0]
    #expect(record.problem == Problem(key: "question_7", statement: "What is 3 + 4?", answer: "7"))
    #expect(record.rollouts.map(\.scores) == [[[0.5, 0.75]], [[]], [[]]])
    #expect(record.rollouts[0].steps(delimiter: "\n\n") == ["Add them.", "The answer is: \\boxed{7}\n\n"])
    #expect(record.rollouts[2].steps(delimiter: "\n\n") == ["Hm.", "8"])
    #expect(record.rollouts.map(\.tokens) == [[9, 12], [], []])
    #expect(record.rollouts.map(\.totalTokens) == [21, nil, nil])
    #expect(record.recording?.name == "openr")
    #expect(record.recording?.sampling == .search)
    #expect(record.predictions == ["majority_vote": "1", "prm_min_max": "0.5", "extracted_answer[0]": "7"])
  }

  @Test func walksAFolderAQuestion() throws {
    let files = try InputWalker.files(behind: [fixture("openr")])
    #expect(files.map(\.stem) == ["record_0"])
  }

  @Test func namesProblemsAfterTheirStatementElsewhere() throws {
    let text = record(output: #""text": "a", "value": [1]"#)
    let record = try read(text: text).records[0]
    #expect(record.problem.key.hasPrefix("statement-"))
    #expect(record.problem.key.count == "statement-".count + 16)
    var problems = ProblemTable()
    problems.add(Problem(key: "mine", statement: " ?\n", answer: "1"))
    #expect(try read(text: text, ReadingOptions(problems: problems)).records[0].problem.key == "mine")
  }

  @Test func takesTokensOfStepsThatAreTheTexts() throws {
    func tokens(_ history: String) throws -> [Int32] {
      let output =
        #"{"path_idx": 0, "text": "a\n\nb", "value": [1, 0.5], "completion_tokens": 7, "token_history": \#(history)}"#
      let text = #"{"question": "?", "groundtruth": "1", "result": {}, "output": [\#(output)]}"#
      return try read(text: text).records[0].rollouts[0].tokens
    }
    #expect(try tokens("[3, 4]") == [3, 4])
    for history in ["[3, 5]", "[3, 2, 2]", "[7]", "null", "[3, null]", "[3.5, 3.5]"] {
      #expect(try tokens(history).isEmpty, "\(history)")
    }
  }

  @Test func refusesAPathTwice() {
    let output = [0, 1, 0].map { #"{"path_idx": \#($0), "text": "a", "value": [1], "completion_tokens": 1}"# }.joined(
      separator: ", ")
    let found = refusal(of: #"{"question": "?", "groundtruth": "1", "result": {}, "output": [\#(output)]}"#)
    #expect(found?.field == "output[2].path_idx")
    #expect(found?.found.contains("output[0]") == true)
  }

  @Test(arguments: ["[0.5, 0.5]", "[2]", "[-1.0, -1.0]"])
  func refusesValuesThatDisagreeOrLeaveTheScale(_ values: String) {
    #expect(refusal(of: record(output: #""text": "a", "value": \#(values)"#))?.field?.hasPrefix("output") == true)
  }

  private func record(output: String, result: String = #""result": {}, "#) -> String {
    #"{"question": "?", "groundtruth": "1", \#(result)"output": [{"path_idx": 0, "completion_tokens": 1, \#(output)}]}"#
  }

  @Test func refusesMissingKeys() {
    #expect(refusal(of: record(output: #""text": "a""#))?.field == "output[0].value")
    #expect(refusal(of: record(output: #""text": "a", "value": [1]"#, result: ""))?.field == "result")
    for key in ["path_idx", "completion_tokens"] {
      let whole = record(output: #""text": "a", "value": [1]"#)
      #expect(refusal(of: whole.replacing(key, with: "other"))?.field == "output[0].\(key)")
    }
    let negative = record(output: #""text": "a", "value": [1]"#).replacing(#"_tokens": 1"#, with: #"_tokens": -2"#)
    #expect(refusal(of: negative)?.field == "output[0].completion_tokens")
  }
}
