import Studies
import Testing

@Suite struct StoreOverviewTests {
  private let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private func overview(_ rollouts: String, recording: String = "{}") throws -> StoreOverview {
    let line = #"{"problem": {"id": "p", "answer": "7"}, "recording": \#(recording), "rollouts": [\#(rollouts)]}"#
    try folder.ingest([folder.write("in.jsonl", line + "\n")], into: "store")
    return try StoreOverview(of: folder["store"])
  }

  /// An inner segment, two ends that continue it, one of them right, and one left off.
  private static let tree = """
    {"steps": [{"text": "Add."}], "finish": null}, \
    {"steps": [{"text": "\\\\boxed{7}"}], "finish": "stop", "parent": {"rollout": 0, "step": 1}}, \
    {"steps": [{"text": "\\\\boxed{8}"}], "finish": "stop", "parent": {"rollout": 0, "step": 1}}, \
    {"steps": [{"text": "Hm"}], "finish": null, "parent": {"rollout": 0, "step": 1}}
    """

  @Test func completeRolloutsOfATreeAreCounted() throws {
    let overview = try overview(Self.tree)
    let recording = overview.recordings[0]
    #expect([recording.fewestRollouts, recording.mostRollouts, recording.largestBudget] == [2, 2, 0])
    #expect(recording.right == 0.5)
    #expect(overview.replay.first?.hasPrefix("not pass, first, majority") == true)
  }

  @Test func chainsSetTheLargestBudget() throws {
    let chain = #"{"steps": [{"text": "\\boxed{7}"}], "finish": "stop"}"#
    let overview = try overview([Self.tree, chain].joined(separator: ", "))
    let recording = overview.recordings[0]
    #expect([recording.fewestRollouts, recording.mostRollouts, recording.largestBudget] == [3, 3, 1])
    #expect(overview.replay.first == "pass, first and majority at budgets up to 1")
  }

  @Test(arguments: [
    ("", ["no method that reads scores"]),
    (#", "scores": {"prm": 0.5}"#, ["pf, beam, dvts, bon, wbon with last, min", "not model-based aggregation"]),
    (#", "prefixScores": {"prm": 0.5}"#, ["pf, beam, dvts, bon, wbon with model-based", "not last, min"]),
    (
      #", "scores": {"prm": 0.5}, "prefixScores": {"prm": 0.5}"#,
      ["pf, beam, dvts, bon, wbon with last, min", "the same with model-based"]
    ),
  ])
  func sentencesNameTheMethodsOfTheChannels(scores: String, beginnings: [String]) throws {
    let overview = try overview(#"{"steps": [{"text": "\\boxed{7}"\#(scores)}], "finish": "stop"}"#)
    let sentences = overview.replay.dropFirst()
    #expect(sentences.count == beginnings.count)
    for (sentence, beginning) in zip(sentences, beginnings) { #expect(sentence.hasPrefix(beginning)) }
  }
}
