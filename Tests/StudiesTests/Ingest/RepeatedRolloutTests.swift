import Testing
import TraceStore
import Traces

@testable import Studies

/// The same rollout twice in one file counts once, or is said to count twice where that may be right.
@Suite struct RepeatedRolloutTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func searchAndLearn(_ texts: [String], scores: [Double], id: String = "p") -> String {
    let completions = texts.map { #""\#($0)""# }.joined(separator: ", ")
    let lists = scores.map { "[\($0)]" }.joined(separator: ", ")
    return #"{"problem": "What is \#(id)?", "answer": "4", "unique_id": "\#(id)", "#
      + #""completions": [\#(completions)], "scores": [\#(lists)]}"#
  }

  private static func rollouts(_ texts: [String], recording: String = "") -> String {
    let all = texts.map { #"{"steps": [{"text": "\#($0)"}], "finish": "stop"}"# }.joined(separator: ", ")
    return #"{"problem": {"id": "p", "answer": "4"}, \#(recording)"rollouts": [\#(all)]}"#
  }

  private func refusal(of lines: [String]) throws -> UnacceptableData? {
    let input = try folder.write(lines, to: "a.jsonl")
    return #expect(throws: UnacceptableData.self) { try folder.ingest(input) }
  }

  @Test func aProblemsWholeSampleTwiceIsRefusedWithBothLines() throws {
    let line = Self.searchAndLearn(["a", "b"], scores: [0.5, 0.25])
    let other = Self.searchAndLearn(["a", "b"], scores: [0.5, 0.25], id: "q")
    let found = try refusal(of: [line, other, line])
    #expect(found?.line == 3)
    #expect(found?.field == "problem p")
    #expect(found?.found.contains("the 2 rollouts of line 1 again") == true)
    #expect(found?.remedy?.contains("--skip-invalid") == true)
    #expect(!folder.exists("store.retrace"))
  }

  @Test func anotherRunOfTheSameProblemIsNone() throws {
    let lines = [
      Self.searchAndLearn(["a", "b"], scores: [0.5, 0.25]), Self.searchAndLearn(["b", "a"], scores: [0.25, 0.5]),
      Self.searchAndLearn(["a", "b"], scores: [0.5, 0.125]),
    ]
    #expect(try folder.ingest(folder.write(lines, to: "a.jsonl")).rollouts == 6)
  }

  @Test func severalDifferentRolloutsInTheSameOrderAreACopy() throws {
    let found = try refusal(of: [Self.rollouts(["a", "b"]), Self.rollouts(["a", "c"]), Self.rollouts(["a", "c"])])
    #expect(found?.line == 3)
    #expect(found?.found.contains("line 2") == true)
  }

  @Test func leftOutTheyAreCountedAndListed() throws {
    let lines = [Self.rollouts(["a", "b"]), Self.rollouts(["a", "b"]), Self.rollouts(["c", "b"])]
    let summary = try folder.ingest(folder.write(lines, to: "a.jsonl")) { $0.skipInvalid = true }
    #expect(summary.rollouts == 4)
    #expect(summary.skipped == 1)
    #expect(summary.files.first?.refusals.first?.contains("a.jsonl:2") == true)
  }

  /// A model that is asked twice may say the same: single rollouts count, and the user is told.
  @Test func aSingleRolloutMayHaveBeenDrawnTwice() throws {
    let lines = [Self.rollouts(["a"]), Self.rollouts(["b"]), Self.rollouts(["a"]), Self.rollouts(["a", "a"])]
    let summary = try folder.ingest(folder.write(lines, to: "a.jsonl"))
    #expect(summary.rollouts == 5)
    #expect(summary.repeated == 1)
    #expect(summary.files.first?.firstRepeated?.contains("a.jsonl:3") == true)
  }

  @Test func anotherRecordingOrSeedIsAnotherRun() throws {
    let lines = [1, 2].map { Self.rollouts(["a", "b"], recording: #""recording": {"name": "run \#($0)"}, "#) }
    let summary = try folder.ingest(folder.write(lines, to: "a.jsonl"))
    #expect(summary.rollouts == 4)
    #expect(summary.repeated == 0)
  }

  @Test func itDoesNotDependOnThreads() throws {
    let lines = (0..<2000).map { Self.rollouts(["a\($0 % 1999)", "b"]) }
    let input = try folder.write(lines, to: "a.jsonl")
    for threads in [1, 4] {
      let found = #expect(throws: UnacceptableData.self) { try folder.ingest(input) { $0.threads = threads } }
      #expect(found?.line == 2000)
    }
  }

  @Test func aRequestThatIsAnsweredTwiceIsRefused() throws {
    let store = try folder.store([Self.rollouts(["a"])], recording: "r")
    let reply =
      #"{"custom_id": "retrace|r|-|0|0|p", "response": {"body": {"choices": [{"text": "x", "index": 0}]}}}"#
    let input = try folder.write([reply, reply.replacing(#""x""#, with: #""y""#)], to: "replies.jsonl")
    let found = #expect(throws: UnacceptableData.self) {
      try Ingestion(IngestionRequest(inputs: [input], store: store)).run()
    }
    #expect(found?.line == 2)
    #expect(found?.field == "custom_id")
    #expect(found?.found.contains("line 1") == true)
  }
}
