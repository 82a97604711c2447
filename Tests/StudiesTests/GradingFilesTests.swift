import Foundation
import Testing
import Traces

@testable import Studies

@Suite struct GradingFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func pairs(_ lines: [String]) throws -> [GradingFiles.PairVerdict] {
    let path = try folder.write(lines, to: "pairs.jsonl")
    var rows: [GradingFiles.PairVerdict] = []
    try GradingFiles().pairs(in: path) { rows.append($0) }
    return rows
  }

  @Test func gradesPairsInOrder() throws {
    let rows = try pairs([
      #"{"id":"b","gold":"\\frac12","pred":"0.5","mode":"answer"}"#,
      #"{"id":"a","gold":"3","pred":"4","mode":"answer"}"#,
      #"{"id":"c","gold":"7","pred":"So the answer is \\boxed{7}.","mode":"text"}"#,
      #"{"id":7,"gold":"7","pred":null,"mode":"answer"}"#,
    ])
    #expect(rows.map(\.id.text) == ["b", "a", "c", "7"])
    #expect(rows.map(\.equal) == [true, false, true, false])
    #expect(rows.allSatisfy { $0.microseconds >= 0 })
  }

  @Test func repeatsANameInItsOwnKind() throws {
    let names = [#""2""#, "2", "-7", "2.5", "true", "12345678901234567890", #""""#]
    let rows = try pairs(names.map { #"{"id":\#($0),"gold":"1","pred":"1"}"# })
    let written = try rows.map { String(decoding: try JSONEncoder().encode([$0.id]), as: UTF8.self) }
    #expect(written == names.map { "[\($0)]" })
  }

  @Test func theGoldAnswerIsTakenAsThePredictionIsUnlessTheRowSaysOtherwise() throws {
    let rows = try pairs([
      #"{"id":"a","gold":"So \boxed{7}.","pred":"The answer is 7.","mode":"text"}"#,
      #"{"id":"b","gold":"7","pred":"So \boxed{7}.","mode":"text","gold_mode":"answer"}"#,
      #"{"id":"c","gold":"So \boxed{7}.","pred":"7","mode":"answer","gold_mode":"text"}"#,
      #"{"id":"d","gold":"So \boxed{7}.","pred":"The answer is 8.","mode":"text"}"#,
    ])
    #expect(rows.map(\.equal) == [true, true, true, false])
  }

  @Test func joinsRepeatedParts() throws {
    let rows = try pairs([#"{"id":"x","gold_parts":[["1",3]],"pred_parts":[["1",2],["1",1]],"mode":"answer"}"#])
    #expect(rows.map(\.equal) == [true])
  }

  @Test func handsOutTheRowsBeforeABrokenLine() throws {
    let good = #"{"id":"a","gold":"1","pred":"1","mode":"answer"}"#
    let path = try folder.write([good, good, "{broken", good], to: "pairs.jsonl")
    var count = 0
    let refusal = #expect(throws: UnacceptableData.self) {
      try GradingFiles().pairs(in: path) { _ in count += 1 }
    }
    #expect(count == 2)
    #expect(refusal?.line == 3)
    #expect(refusal?.file == path)
  }

  @Test func namesAMissingField() throws {
    let refusal = #expect(throws: UnacceptableData.self) { try pairs([#"{"id":"a","gold":"1"}"#]) }
    #expect(refusal?.field == "pred")
    #expect(refusal?.line == 1)
  }

  @Test func extractsOrSaysNull() throws {
    let path = try folder.write(
      [#"{"id":"a","text":"It is \\boxed{\\frac{1}{2}}"}"#, #"{"id":"b","text":"I cannot say"}"#], to: "texts.jsonl")
    var rows: [GradingFiles.ExtractedAnswer] = []
    try GradingFiles().extract(from: path) { rows.append($0) }
    #expect(rows.map(\.answer) == ["\\frac{1}{2}", nil])
    let json = try JSONEncoder().encode(rows[1])
    #expect(String(decoding: json, as: UTF8.self).contains(#""answer":null"#))
  }

  @Test func numbersClassesByFirstAppearance() throws {
    let path = try folder.write(
      [#"{"id":"a","answers":["2","\\frac12",null,"0.5","2.0","3"]}"#, #"{"id":"b","answers":[]}"#], to: "c.jsonl")
    var rows: [GradingFiles.ClassNumbers] = []
    try GradingFiles().classes(in: path) { rows.append($0) }
    #expect(rows.map(\.classes) == [[0, 1, -1, 1, 0, 2], []])
  }
}
