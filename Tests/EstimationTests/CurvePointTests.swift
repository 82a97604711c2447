import Foundation
import Testing
import Traces

@testable import Estimation

@Suite struct CurvePointTests {
  private let cell = Cell(
    method: "pf", aggregate: "last", scorer: "confidence", recording: "t\"1\"",
    options: ["resampling": "systematic", "answer": "argmax"], budget: 8)

  private func outcomes(_ count: Int) -> [ProblemOutcome] {
    (0..<count).map {
      ProblemOutcome(
        problem: "p\($0)", success: $0 % 2 == 0 ? 1 : 0.5, expected: 0.25,
        coverage: Coverage(recorded: 6, borrowed: 3, shared: 1), generations: 8, tokens: Double(100 + $0),
        scorerCalls: 4)
    }
  }

  @Test func averagesOverProblems() throws {
    let resamples = ProblemResamples(problems: (0..<40).map { "p\($0)" }, seed: 1, count: 1_000)
    let point = try #require(CurvePoint.estimate(cell, from: outcomes(40), resamples: resamples, replicates: 32))
    #expect(point.accuracy == 0.75 && point.expected == 0.25 && point.problems == 40)
    #expect(point.tokens == 119.5 && point.generations == 8 && point.scorerCalls == 4)
    #expect(point.coverage == CoverageShares(recorded: 0.6, borrowed: 0.3, shared: 0.1))
    #expect(point.interval.low < 0.75 && point.interval.high > 0.75)
    #expect(point.warnings == [.lowCoverage])
  }

  @Test func orderOfOutcomesDoesNotMatter() {
    let resamples = ProblemResamples(problems: (0..<40).map { "p\($0)" }, seed: 1, count: 1_000)
    let forward = CurvePoint.estimate(cell, from: outcomes(40), resamples: resamples, replicates: nil)
    let backward = CurvePoint.estimate(cell, from: outcomes(40).reversed(), resamples: resamples, replicates: nil)
    #expect(forward == backward)
  }

  @Test func doubtsAreValues() throws {
    let resamples = ProblemResamples(problems: (0..<9).map { "p\($0)" }, seed: 1, count: 100)
    var few = outcomes(8)
    few[3].success = nil
    few[3].refused = 2
    let point = try #require(
      CurvePoint.estimate(
        cell, from: few, resamples: resamples, replicates: 1, warnings: [.unparsedAnswers]))
    #expect(
      point.warnings == [
        .lowCoverage, .fewProblems, .singleReplicate, .unparsedAnswers, .refusedRuns, .missingProblems,
      ])
    #expect(point.problems == 7 && point.refused == 2)
    #expect(CurvePoint.estimate(cell, from: [], resamples: resamples, replicates: 1) == nil)
  }

  @Test func unknownTokensAreNull() throws {
    let resamples = ProblemResamples(problems: ["a", "b"], seed: 1, count: 10)
    let outcomes = [
      ProblemOutcome(problem: "a", success: 1, generations: 1, tokens: nil),
      ProblemOutcome(problem: "b", success: 0, generations: 1, tokens: .nan),
    ]
    let point = try #require(CurvePoint.estimate(cell, from: outcomes, resamples: resamples, replicates: nil))
    #expect(point.tokens == nil && point.json["tokens"] == .null)
    #expect(try JSONDecoder().decode(CurvePoint.self, from: Data(point.json.text().utf8)) == point)
  }

  @Test func rowsAreWrittenAsTheInterfaceFixes() throws {
    let point = CurvePoint(
      cell: cell, problems: 128, accuracy: 0.1 + 0.2, interval: Interval(low: 0.25, high: 1),
      coverage: CoverageShares(recorded: 0.5, borrowed: 0.5, shared: 0), generations: 8, tokens: 812.5,
      scorerCalls: 31.25, warnings: [.singleReplicate, .lowCoverage])
    let text = """
      {"method": "pf", "preset": null, "aggregate": "last", "scorer": "confidence", "recording": "t\\"1\\"", \
      "options": {"answer": "argmax", "resampling": "systematic"}, "budget": 8, "problems": 128, \
      "accuracy": 0.30000000000000004, "low": 0.25, "high": 1.0, "expected": null, \
      "coverage": {"recorded": 0.5, "borrowed": 0.5, "shared": 0.0}, "refused": 0, "generations": 8.0, \
      "tokens": 812.5, "scorerCalls": 31.25, "warnings": ["lowCoverage", "singleReplicate"], \
      "bias": null}
      """
    #expect(point.json.text() == text)
    #expect(try JSONDecoder().decode(CurvePoint.self, from: Data(text.utf8)) == point)
  }

  @Test func documentsReadBackWhatTheyWrite() throws {
    let point = CurvePoint(
      cell: Cell(method: "majority", recording: "r", budget: 1), problems: 3, accuracy: 1e-7,
      interval: Interval(low: 0, high: 1.0 / 3), generations: 1, tokens: 1, warnings: [.fewProblems])
    let settings = ReplaySettings(
      seed: .max, replicates: 32, version: "0.1.0", store: "ab",
      others: [.init("continuation", .string("matched")), .init("ratios", .array([.number(0.5), .null, .bool(true)]))])
    let document = ReplayDocument(settings: settings, rows: [point, point])
    let text = document.text
    #expect(text.hasPrefix("{\n  \"settings\": {\n"))
    #expect(text.split(separator: "\n").count { $0.contains("\"method\"") } == 2)
    #expect(try JSONDecoder().decode(ReplayDocument.self, from: Data(text.utf8)) == document)
    let encoded = try JSONEncoder().encode(document)
    #expect(try JSONDecoder().decode(ReplayDocument.self, from: encoded) == document)
  }

  @Test func controlCharactersAreEscaped() throws {
    let value = JSONValue.object([.init("a\u{1}\n\t\r\\", .string("é😀\u{7f}"))])
    #expect(value.text() == "{\"a\\u0001\\n\\t\\r\\\\\": \"é😀\u{7f}\"}")
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(value.text().utf8)) == value)
    #expect(JSONValue.number(.nan).text() == "null" && value["b"] == nil)
  }
}
