import Estimation
import Studies
import Testing

@Suite("Predictions of the sources")
struct PredictionComparisonTests {
  /// Four completions, last scores 0.9, 0.2, 0.6, 0.5; answers 7, 1/2, 0.5, 3.
  ///
  /// By hand, of the first four: naive 7; weighted: 7 has 0.9, 1/2 has 0.8, 3 has 0.5, so 7; majority 1/2. Of the first
  /// two: naive 7, majority a tie that the first wins, 7.
  private func line(_ predictions: String) -> String {
    let texts = ["7", "\\\\frac{1}{2}", "0.5", "3"].map { "\"so $\\\\boxed{\($0)}$\"" }.joined(separator: ", ")
    return "{\"problem\": \"?\", \"unique_id\": \"p\", \"answer\": \"0.5\", \"completions\": [\(texts)], "
      + "\"scores\": [[0.9], [0.2], [0.6], [0.5]], \(predictions)}\n"
  }

  private func compared(_ predictions: String) throws -> [PredictionComparison] {
    let folder = try WorkFolder()
    try folder.ingest([folder.write("sal.jsonl", line(predictions))], into: "store")
    return try VerdictComparison(of: folder["store"]).predictions
  }

  @Test func equalChoicesAreFound() throws {
    let found = try compared(
      #""pred_naive@4": "\\boxed{7}", "pred_weighted@4": "\\boxed{7}", "pred_maj@4": "\\boxed{.5}", "pred_naive@2": "\\boxed{7}", "pred_maj@2": "\\boxed{7}""#
    )
    #expect(found.map(\.name) == ["pred_maj@2", "pred_maj@4", "pred_naive@2", "pred_naive@4", "pred_weighted@4"])
    #expect(found.allSatisfy { ($0.stated, $0.compared, $0.equal) == (1, 1, 1) })
  }

  @Test func otherChoicesAreListed() throws {
    let found = try compared(#""pred_naive@4": "\\boxed{0.5}", "pred_maj@8": "\\boxed{7}", "pred": "so $\\boxed{7}$""#)
    let naive = try #require(found.first { $0.name == "pred_naive@4" })
    #expect((naive.compared, naive.equal) == (1, 0))
    #expect(naive.differences.map(\.ours) == ["7"])
    #expect(naive.differences.map(\.source) == ["\\boxed{0.5}"])
    // Fewer rollouts than the prediction is over: stated, not compared.
    #expect(found.filter { $0.compared == 0 }.map(\.name) == ["pred_maj@8"])
    // The text with the best last score.
    #expect(found.first { $0.name == "pred" }?.equal == 1)
  }

  @Test func aPredictionIsAboutItsOwnFile() throws {
    let folder = try WorkFolder()
    let other = line(#""pred_naive@2": "\\boxed{7}""#).replacing("0.9", with: "0.1")
    let files = [
      try folder.write("a.jsonl", line(#""pred_naive@2": "\\boxed{7}""#)), try folder.write("b.jsonl", other),
    ]
    try folder.ingest(files, into: "store") { $0.recording = "r" }
    let found = try VerdictComparison(of: folder["store"]).predictions
    #expect(found.map(\.stated) == [2])
    #expect(found.map(\.equal) == [1])
    #expect(found.flatMap(\.differences).map(\.ours) == ["\\frac{1}{2}"])
  }

  @Test func unfinishedCompletionsCountAsInTheProgram() throws {
    let texts = ##""one \\boxed{1}", "left off\n\n", "two \\boxed{2}""##
    let line =
      ##"{"problem": "?", "unique_id": "p", "answer": "1", "completions": [\##(texts)], "scores": [[0.5], [0.1, 0.9], "##
      + ##"[0.7]], "pred_naive@2": "\\boxed{}", "pred_naive@3": "\\boxed{2}", "pred": "left off\n\n"}"##
    let folder = try WorkFolder()
    try folder.ingest([folder.write("sal.jsonl", line + "\n")], into: "store")
    let found = try VerdictComparison(of: folder["store"]).predictions
    #expect(found.map(\.name) == ["pred", "pred_naive@2", "pred_naive@3"])
    #expect(found.map(\.equal) == [1, 1, 0])
  }

  private func compared(format: String, _ line: String) throws -> [PredictionComparison] {
    let folder = try WorkFolder()
    try folder.ingest([folder.write("in.jsonl", line + "\n")], into: "store") { $0.format = format }
    return try VerdictComparison(of: folder["store"]).predictions
  }

  @Test func answersOfRolloutsAreCompared() throws {
    let qwen = try compared(
      format: "qwen-eval",
      ##"{"idx": 0, "question": "?", "gt": "0.5", "code": ["\\boxed{1/2}", "\\boxed{4}", "I'm not sure how to solve this.", "\\boxed{3}"], "##
        + ##""pred": ["\\frac12", "5", "", "3"], "score": [true, false, false, false]}"##)
    #expect(qwen.map(\.name) == ["pred[]"])
    #expect(qwen.map { [$0.stated, $0.compared, $0.equal] } == [[4, 4, 3]])
    #expect(qwen[0].differences.map(\.rollout) == [1])
    let harness = try compared(
      format: "lm-eval",
      ##"{"doc_id": 0, "doc": {"problem": "?"}, "target": "7", "resps": [["It is \\boxed{7}.", "It is \\boxed{8}."]], "##
        + ##""filtered_resps": ["7", "[invalid]"], "filter": "none"}"##)
    #expect(harness.map(\.name) == ["filtered_resps[]"])
    #expect(harness.map { [$0.stated, $0.compared, $0.equal] } == [[2, 2, 1]])
  }

  /// Answers 7, 8, 8, none; smallest values 0.5, 0.1, 0.25, last values 0.5, 0.9, 0.25. By hand: the vote and the best
  /// last value say 8, which is wrong; the best smallest value says 7; sums of smallest values 0.5 against 0.35.
  @Test func verdictsOverChoicesAreCompared() throws {
    let answers = [
      ("\\\\boxed{7}", "[0.5]"), ("a\\n\\n\\\\boxed{8}", "[0.1, 0.9]"), ("\\\\boxed{8}", "[0.25]"),
      ("I'm not sure how to solve this.", "[-1.0]"),
    ]
    let outputs = answers.enumerated().map {
      ##"{"path_idx": \##($0), "text": "\##($1.0)", "value": \##($1.1), "completion_tokens": 3, "extracted_answer": "8"}"##
    }
    let found = try compared(
      format: "openr",
      ##"{"question": "?", "groundtruth": "7", "result": {"majority_vote": 0, "prm_last_max": 1, "prm_min_max": 1, "##
        + ##""prm_min_vote": 1, "total_completion_tokens": 1}, "output": [\##(outputs.joined(separator: ", "))]}"##)
    func counts(_ name: String) -> [Int]? {
      found.first { $0.name == name }.map { [$0.stated, $0.compared, $0.equal] }
    }
    #expect(counts("majority_vote") == [1, 1, 1])
    #expect(counts("prm_last_max") == [1, 1, 0])
    #expect(counts("prm_min_max") == [1, 1, 1])
    #expect(counts("prm_min_vote") == [1, 1, 1])
    #expect(counts("total_completion_tokens") == [1, 0, 0])
    #expect(counts("extracted_answer[]") == [4, 4, 2])
  }
}
