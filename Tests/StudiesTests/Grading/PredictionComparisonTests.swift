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
    // Fewer rollouts than the prediction is over, and a name without a rule: stated, not compared.
    #expect(found.filter { $0.compared == 0 }.map(\.name).sorted() == ["pred", "pred_maj@8"])
  }
}
