import Foundation
import Testing
import TraceStore
import Traces

@testable import Studies

/// A PRM cassette brings the scores of the generation cassette that is ingested with it.
@Suite struct PrefixCassetteTests {
  private let folder: WorkFolder
  private let traces = Fixtures.path("crucible/generation.json")
  private let scores = Fixtures.path("crucible/prm.json")

  init() throws { folder = try WorkFolder() }

  @Test func isReadWithItsGenerationCassetteInAnyOrder() throws {
    let summary = try folder.ingest([traces, scores], into: "first")
    #expect(summary.scores > 0)
    #expect(summary.files.map(\.file) == [scores, traces])
    #expect(summary.files.first?.convention?.contains("PRM cassette") == true)
    try folder.ingest([scores, traces], into: "second")
    #expect(try folder.export("first") == folder.export("second"))
    let scorers = try TraceStore(path: folder["first"], mode: .readOnly).scorers().map(\.column.scorer)
    #expect(scorers == ["tiny-prm"])
  }

  @Test func scoresOfNoStepAreCountedAndNamed() throws {
    #expect(try folder.ingest([traces, scores], into: "whole").unmatchedScores == 0)
    let text = try String(contentsOfFile: scores, encoding: .utf8)
    let start = try #require(text.range(of: #""records": {"#) ?? text.range(of: #""records":{"#))
    let more = text[..<start.upperBound] + #""zz:0123456789abcdef": [0.5], "#
    let file = folder["more.json"]
    try (more + text[start.upperBound...]).write(toFile: file, atomically: true, encoding: .utf8)
    let summary = try folder.ingest([traces, file], into: "more")
    #expect(summary.unmatchedScores == 1)
    #expect(summary.firstUnmatchedScores == "zz:0123456789abcdef")
    #expect(try folder.export("more") == folder.export("whole"))
  }

  @Test func aloneItIsRefusedWithWhatToDo() throws {
    let refusal = #expect(throws: UnacceptableData.self) { try folder.ingest([scores], into: "store") }
    #expect(refusal?.remedy?.contains("retrace ingest GENERATION.json PRM.json") == true)
  }

  @Test func thatComesLaterIsRefusedInsteadOfBeingDropped() throws {
    try folder.ingest([traces], into: "store")
    let refusal = #expect(throws: UnacceptableData.self) { try folder.ingest([traces, scores], into: "store") }
    #expect(refusal?.found.contains("PRM cassette") == true)
    #expect(refusal?.remedy?.contains("new store") == true)
    let again = try folder.ingest([traces], into: "store")
    #expect(again.files.map(\.alreadyIngested) == [true])
  }
}
