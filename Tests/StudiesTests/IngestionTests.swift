import Foundation
import Synchronization
import Testing
import TraceStore
import Traces

@testable import Studies

@Suite struct IngestionTests {
  private let folder: TemporaryFolder
  private let good: [String]

  init() throws {
    folder = try TemporaryFolder()
    good = try MadeUpRollouts.lines(problems: 6, rollouts: 5)
  }

  /// Refuses a file whose third line is damaged, and returns why.
  private func refusal(line: String, into store: String = "store.retrace") throws -> UnacceptableData? {
    var lines = good
    lines[2] = line
    let input = try folder.write(lines, to: "damaged.jsonl")
    return #expect(throws: UnacceptableData.self) { try folder.ingest(input, into: store) }
  }

  @Test func countsWhatItAdds() throws {
    let input = try folder.write(good, to: "a.jsonl")
    let summary = try folder.ingest(input)
    let stored = try TraceStore(path: folder.file("store.retrace"), mode: .readOnly).summary()
    #expect(summary.problems == 6)
    #expect(summary.rollouts == 30)
    #expect(summary.steps == stored.steps)
    #expect(summary.scores == stored.steps)
    #expect(summary.skipped == 0)
    #expect(summary.files.map(\.recording) == ["a"])
  }

  @Test func takesTheSameFileOnce() throws {
    let input = try folder.write(good, to: "a.jsonl")
    try folder.ingest(input)
    let content = try folder.content()
    let again = try folder.ingest(try folder.write(good, to: "another name.jsonl"))
    #expect(again.files.map(\.alreadyIngested) == [true])
    #expect(again.problems == 0 && again.rollouts == 0 && again.steps == 0 && again.scores == 0)
    #expect(try folder.content() == content)
  }

  @Test func brokenJSONLeavesTheStoreAsBefore() throws {
    try folder.store(good)
    let content = try folder.content()
    let refusal = try refusal(line: #"{"problem": {"id": "p9", "answer": "1"}, "rollouts": [{"#)
    #expect(refusal?.line == 3)
    #expect(refusal?.file == folder.file("damaged.jsonl"))
    #expect(try folder.content() == content)
    #expect(try TraceStore(path: folder.file("store.retrace"), mode: .readOnly).summary().incompleteSources.isEmpty)
  }

  /// Bug: whoever looked afterwards whether anything was stored left a log behind.
  @Test func aStoppedIngestLeavesNoLog() throws {
    let input = try folder.write(good, to: "a.jsonl")
    #expect(throws: IngestionStopped.self) { try folder.ingest(input, into: "new.retrace", isStopped: { true }) }
    #expect(folder.exists("new.retrace"))
    #expect(!folder.exists("new.retrace-wal") && !folder.exists("new.retrace-shm"))
  }

  @Test func aRefusedFileMakesNoStore() throws {
    _ = try refusal(line: "{broken", into: "new.retrace")
    #expect(!folder.exists("new.retrace"))
    #expect(!folder.exists("new.retrace-wal"))
  }

  @Test(arguments: [("1.7", "1.7"), ("-0.01", "-0.01"), ("NaN", nil), ("\"0.5\"", nil)] as [(String, String?)])
  func refusesWhatIsNoProbability(score: String, found: String?) throws {
    let line =
      #"{"problem":{"id":"p2","answer":"1"},"rollouts":[{"steps":[{"text":"a","scores":{"prm":"# + score
      + #"}}],"finish":"stop"}]}"#
    let refusal = try #require(try refusal(line: line))
    #expect(refusal.line == 3)
    #expect(refusal.field == "rollouts[0].steps[0].scores.prm")
    if let found {
      #expect(refusal.found == found)
      #expect(refusal.expected == "a probability, 0 to 1")
    }
  }

  @Test func refusesAProblemWithoutGoldAnswer() throws {
    let line = try WrittenProblem.line("p2", gold: nil, [WrittenRollout([("a", 0.5)], answer: "1")])
    let refusal = try #require(try refusal(line: line))
    #expect(refusal.line == 3)
    #expect(refusal.field == "problem.answer")
    #expect(refusal.remedy?.contains("--problems") == true)
  }

  @Test func aRolloutWithoutAnswerIsCountedAndVotesForNothing() throws {
    let line = try WrittenProblem.line(
      "p", [WrittenRollout([("I do not know", 0.5)], answer: nil), WrittenRollout([("so", 0.5)], answer: "1")])
    let summary = try folder.ingest(try folder.write([line], to: "a.jsonl"))
    #expect(summary.withoutAnswer == 1)
    let store = try TraceStore(path: folder.file("store.retrace"), mode: .readOnly)
    #expect(try store.segments(of: store.problem(key: "p")).answerClass == [-1, 0])
  }

  @Test func skipsInvalidRecordsAndListsThem() throws {
    var lines = good
    lines[2] = "{broken"
    lines[4] = lines[4].replacing("\"prm\":0", with: "\"prm\":7")
    let summary = try folder.ingest(try folder.write(lines, to: "a.jsonl")) { $0.skipInvalid = true }
    #expect(summary.skipped == 2)
    #expect(summary.problems == 4)
    #expect(summary.files[0].refusals.count == 2)
    #expect(summary.files[0].refusals[0].contains("a.jsonl:3"))
    #expect(summary.files[0].refusals[1].contains("a.jsonl:5"))
  }

  @Test func aDryRunCountsAndWritesNothing() throws {
    let input = try folder.write(good, to: "a.jsonl")
    let dry = try folder.ingest(input) { $0.dryRun = true }
    #expect(!folder.exists("store.retrace"))
    let real = try folder.ingest(input)
    #expect(dry.problems == real.problems)
    #expect(dry.rollouts == real.rollouts)
    #expect(dry.steps == real.steps)
    #expect(dry.scores == real.scores)
  }

  @Test func goesOnWhereItWasStopped() throws {
    // Lines of more than a batch's size, so that each is a batch of its own.
    let padding = String(repeating: "x", count: 2_200_000)
    let lines = good.map { line -> String in "\(line.dropLast()),\"note\":\"\(padding)\"}" }
    let input = try folder.write(lines, to: "a.jsonl")
    try folder.ingest(input, into: "whole.retrace")
    let batches = Atomic(0)
    let stopped = #expect(throws: IngestionStopped.self) {
      try folder.ingest(
        input,
        isStopped: { batches.add(1, ordering: .relaxed).newValue == 2 })
    }
    #expect(stopped?.records == 2)
    #expect(try TraceStore(path: folder.file("store.retrace"), mode: .readOnly).problems().count == 2)
    #expect(try folder.content() != folder.content(of: "whole.retrace"))
    let rest = try folder.ingest(input)
    #expect(rest.problems == 4)
    #expect(try folder.content() == folder.content(of: "whole.retrace"))
  }

  @Test func isTheSameOnAnyNumberOfThreads() throws {
    let input = try folder.write(good, to: "a.jsonl")
    for threads in [1, 2, 7] { try folder.ingest(input, into: "\(threads).retrace") { $0.threads = threads } }
    #expect(try folder.content(of: "2.retrace") == folder.content(of: "1.retrace"))
    #expect(try folder.content(of: "7.retrace") == folder.content(of: "1.retrace"))
  }

  @Test func refusesAFormatThatNobodyReads() throws {
    let input = try folder.write(good, to: "a.jsonl")
    #expect(throws: StudyError.self) { try folder.ingest(input) { $0.format = "retracee" } }
  }
}
