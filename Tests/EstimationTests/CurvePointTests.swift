import Foundation
import Testing
import Traces

@testable import Estimation

@Suite struct CurvePointTests {
  private let cell = Cell(
    method: "pf", aggregate: "last", scorer: "confidence", recording: "t\"1\"",
    options: ["resampling": "systematic", "answer": "argmax"], budget: 8)

  private func outcomes(_ count: Int) -> [ProblemOutcome] {
    (0..<count).map { index in
      let success = index % 2 == 0 ? 1 : 0.5
      return ProblemOutcome(
        problem: "p\(index)", success: success, expected: 0.25,
        coverage: Coverage(recorded: 6, borrowed: 3, shared: 1), generations: 8, tokens: Double(100 + index),
        scorerCalls: 4, scorerTokens: Double(200 + 2 * index),
        rules: RuleAccuracies(argmax: success, vote: 0.5, weightedVote: .nan))
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

  @Test func costsHaveIntervalsOverProblems() throws {
    let resamples = ProblemResamples(problems: (0..<40).map { "p\($0)" }, seed: 1, count: 1_000)
    var outcomes = outcomes(40)
    outcomes[39].success = nil
    let point = try #require(CurvePoint.estimate(cell, from: outcomes, resamples: resamples, replicates: 32))
    let costs = try #require(point.costs)
    #expect(costs.generations == MeanEstimate(mean: 8, interval: Interval(low: 8, high: 8)))
    #expect(costs.scorerCalls?.interval == Interval(low: 4, high: 4))
    // The refused problem is left out: 100...138.
    #expect(point.tokens == 119 && point.scorerTokens == 238)
    #expect(costs.scorerTokens?.mean == 238)
    let tokens = try #require(costs.tokens)
    let known = outcomes.prefix(39).map { (ExactText($0.problem), $0.tokens ?? .nan) }
    let column = resamples.aligned(Dictionary(uniqueKeysWithValues: known))
    #expect(tokens.interval == resamples.interval(of: column))
    // The standard error of the mean is 1.8 tokens.
    #expect((113.6...117.2).contains(tokens.interval.low))
    #expect((120.8...124.4).contains(tokens.interval.high))
    #expect(point.flops == nil)
    #expect(point.rules == RuleAccuracies(argmax: 29.5 / 39, vote: 0.5))
  }

  @Test func flopsNeedEveryParameterCountThatIsUsed() throws {
    let resamples = ProblemResamples(problems: (0..<4).map { "p\($0)" }, seed: 1, count: 100)
    func flops(_ sizes: ModelSizes) -> MeanEstimate? {
      CurvePoint.estimate(cell, from: outcomes(4), resamples: resamples, replicates: 32, sizes: sizes)?.flops
    }
    // 2 x 1000 x 101.5 + 2 x 10 x 203
    let both = try #require(flops(ModelSizes(generator: 1_000, scorer: 10)))
    #expect(both.mean == 207_060)
    #expect(both.interval.low >= 204_000 && both.interval.low < both.mean)
    #expect(flops(ModelSizes(generator: 1_000)) == nil && flops(ModelSizes(scorer: 10)) == nil)
    #expect(ModelSizes(generator: 3).flops(tokens: 5, scorerTokens: 0) == 30)
    #expect(ModelSizes(generator: 3, scorer: 1).flops(tokens: nil, scorerTokens: 0) == nil)
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
      scorerCalls: 31.25, warnings: [.singleReplicate, .lowCoverage],
      predictedBias: FidelityBias(value: -0.125, interval: Interval(low: -0.25, high: 0)), fromOtherDepths: 0.25,
      fromOtherProblems: 0.125, openShare: 0.5,
      scorerTokens: 900.5,
      costs: RunCosts(
        generations: MeanEstimate(mean: 8, interval: Interval(low: 8, high: 8)),
        tokens: MeanEstimate(mean: 812.5, interval: Interval(low: 800, high: 825)),
        expansions: MeanEstimate(mean: 4.5, interval: Interval(low: 4, high: 5))),
      flops: MeanEstimate(mean: 2, interval: Interval(low: 1, high: 3)),
      rules: RuleAccuracies(argmax: 0.5, vote: 0.25, weightedVote: 0.75))
    let text = """
      {"method": "pf", "preset": null, "aggregate": "last", "scorer": "confidence", "recording": "t\\"1\\"", \
      "options": {"answer": "argmax", "resampling": "systematic"}, "presetVersion": null, "budget": 8, "problems": 128, \
      "accuracy": 0.30000000000000004, "low": 0.25, "high": 1.0, "expected": null, \
      "coverage": {"recorded": 0.5, "borrowed": 0.5, "shared": 0.0}, "refused": 0, "generations": 8.0, \
      "tokens": 812.5, "scorerCalls": 31.25, "warnings": ["lowCoverage", "singleReplicate"], \
      "bias": null, "predictedBias": {"value": -0.125, "low": -0.25, "high": 0.0}, "policyDifference": null, \
      "fromOtherDepths": 0.25, "fromOtherProblems": 0.125, "openShare": 0.5, "scorerTokens": 900.5, \
      "costs": {"generations": {"mean": 8.0, "low": 8.0, "high": 8.0}, \
      "tokens": {"mean": 812.5, "low": 800.0, "high": 825.0}, "scorerCalls": null, "scorerTokens": null, \
      "expansions": {"mean": 4.5, "low": 4.0, "high": 5.0}}, \
      "flops": {"mean": 2.0, "low": 1.0, "high": 3.0}, \
      "rules": {"argmax": 0.5, "sample": null, "vote": 0.25, "weightedVote": 0.75}}
      """
    #expect(point.json.text() == text)
    #expect(try JSONDecoder().decode(CurvePoint.self, from: Data(text.utf8)) == point)
  }

  @Test func rowsWithoutTheLaterKeysAreRead() throws {
    let text = """
      {"method": "pass", "preset": null, "aggregate": null, "scorer": null, "recording": "r", "options": {}, \
      "budget": 1, "problems": 2, "accuracy": 0.5, "low": 0.0, "high": 1.0, "expected": null, \
      "coverage": {"recorded": 1.0, "borrowed": 0.0, "shared": 0.0}, "refused": 0, "generations": 1.0, \
      "tokens": null, "scorerCalls": 0.0, "warnings": [], "bias": null}
      """
    let point = try JSONDecoder().decode(CurvePoint.self, from: Data(text.utf8))
    #expect(point.costs == nil && point.flops == nil)
    #expect(point.rules == nil && point.scorerTokens == nil)
    #expect(point.json["rules"] == .null)
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
