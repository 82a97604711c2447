import Testing
import Traces

@testable import TraceFormats

@Suite struct ScoreFileTests {
  private func rows(_ path: String, _ options: ReadingOptions = ReadingOptions()) throws -> [ScoreRow] {
    var all: [ScoreRow] = []
    try ScoreFile.read(InputFile(path), options: options) { all += $0 }
    return all
  }

  private func refusal(of text: String, _ options: ReadingOptions = ReadingOptions()) throws -> UnacceptableData? {
    let folder = try TemporaryFolder()
    let path = try folder.write("scores", text)
    return #expect(throws: UnacceptableData.self) { try rows(path, options) }
  }

  @Test(arguments: ["scores/rollouts.jsonl", "scores/rollouts.csv"])
  func readsARowARollout(_ name: String) throws {
    let found = try rows(fixture(name))
    #expect(found.map(\.problem) == ["sum/1", "sum/1"])
    #expect(found.map(\.rollout) == [0, 1])
    #expect(found.map(\.recording) == [nil, "night run"])
    #expect(found.map(\.scorer) == ["other", "other"])
    #expect(found.map(\.stepScores) == [[0.25, 0.5], []])
    #expect(found.map(\.prefixScores) == [[0.125, 1], [0.375]])
  }

  @Test func joinsARowAStep() throws {
    let found = try rows(fixture("scores/steps.csv"))
    #expect(found.map(\.problem) == ["sum/1", "a \"quoted\", key"])
    #expect(found.map(\.rollout) == [0, 3])
    #expect(found.map(\.stepScores) == [[0.25, 0.5], [0.001]])
    #expect(found.map(\.prefixScores) == [[0.125, 1], [0.5]])
  }

  @Test func theUserNamesScorerAndScale() throws {
    let found = try rows(fixture("scores/rollouts.jsonl"), ReadingOptions(scorer: "mine", scales: ["mine": .logit]))
    #expect(found.map(\.scorer) == ["mine", "mine"])
    #expect(found.map(\.scale) == [.logit, .logit])
  }

  @Test(arguments: [
    (#"{"rollout": 0, "scorer": "s", "scores": [1]}"#, "problem"),
    (#"{"problem": "p", "scorer": "s", "scores": [1]}"#, "rollout"),
    (#"{"problem": "p", "rollout": 0, "scores": [1]}"#, "scorer"),
    (#"{"problem": "p", "rollout": 0, "scorer": "s"}"#, "scores"),
    (#"{"problem": "p", "rollout": 0, "scorer": "s", "scores": [1, 1.5]}"#, "scores[1]"),
    (#"{"problem": "p", "rollout": 0, "scorer": "s", "scores": [1, 1], "prefixScores": [1]}"#, "prefixScores"),
    ("problem,scorer,scores\np,s,1\n", "rollout"),
    (#"{"problem": "p", "rollout": 0, "scorer": "s", "scores": []}"#, "scores"),
    (#"{"problem": "p", "rollout": 0, "scorer": "s", "prefixScores": []}"#, "prefixScores"),
    ("problem,rollout,scorer,scores\np,x,s,1\n", "rollout"),
    ("problem,rollout,scorer,scores\np,0,s,1 nan\n", "scores[1]"),
    ("problem,rollout,scorer,step,score\np,0,s,0,1\np,0,s,2,1\n", "step"),
    ("problem,rollout,scorer,scores,scores\np,0,s,0.1,0.9\n", "scores"),
  ])
  func namesTheFieldOfEveryRefusal(_ text: String, _ field: String) throws {
    let found = try refusal(of: text)
    #expect(found?.field == field)
    #expect(found?.line != nil)
  }

  @Test("rows of CSV that are not acceptable are counted, the first twenty listed, the others read")
  func skipsRows() throws {
    let folder = try TemporaryFolder()
    let bad = (0..<25).map { "p,\($0),s,1.5\n" }.joined()
    let path = try folder.write("scores", "problem,rollout,scorer,scores\np,0,s,1 0.5\n" + bad + "p,99,s,0.25\n")
    var rows: [ScoreRow] = []
    let left = try ScoreFile.read(InputFile(path), options: ReadingOptions(skipInvalid: true)) { rows += $0 }
    #expect(rows.map(\.rollout) == [0, 99])
    #expect(left.skipped == 25)
    #expect(left.refusals.map(\.line) == (3...22).map { $0 })
    #expect(left.refusals.allSatisfy { $0.field == "scores[0]" && $0.found == "1.5" })
  }

  @Test func aColumnTwiceIsRefusedInTheHeader() throws {
    let found = try refusal(
      of: "problem,rollout,scorer,scores,scores\np,0,s,0.1,0.9\n", ReadingOptions(skipInvalid: true))
    #expect(found?.line == 1)
    #expect(found?.found == "the column twice")
  }

  @Test func anArrayIsRefusedAsNoJSONLines() throws {
    let found = try refusal(of: "  [{\"problem\": \"p\", \"rollout\": 0}]")
    #expect(found?.found == "a JSON array")
    #expect(found?.expected == "JSON lines: an object a line")
  }

  @Test func bytesThatAreNoUTF8AreCalledSoOutsideOfStrings() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("scores", Array("{\"problem\": \"p\", ".utf8) + [0xff, 0x22, 0x7d, 0x0a])
    let found = #expect(throws: UnacceptableData.self) { try rows(path) }
    #expect(found?.found == "bytes that are not valid UTF-8 (0xff)")
    #expect(found?.byte == 17)
    #expect(try refusal(of: "{\"problem\": \"p\", é}")?.found == "é}")
  }

  @Test func refusesEmptyFilesAndRaggedRows() throws {
    #expect(try refusal(of: "")?.found == "a file without a row")
    #expect(try refusal(of: "problem,rollout,scorer,scores\n")?.found == "a file without a row")
    #expect(try refusal(of: "problem,rollout,scorer,scores\np,0,s\n")?.line == 2)
    #expect(try refusal(of: "problem,rollout,scorer,scores\n\"p,0,s,1\n")?.found == "a quote that is not closed")
  }
}
