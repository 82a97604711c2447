import Estimation
import Testing

@testable import Studies

@Suite struct StudyCostTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func rows(
    _ lines: [String],
    _ methods: [String],
    named name: String = "costs.retrace",
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> [CurvePoint] {
    var request = ReplayRequest()
    request.methods = methods
    request.budgets = BudgetList([2])
    request.replicates = 5
    change(&request)
    return try await ReplayStudy(request, store: try folder.store(lines, named: name)).run().document().rows
  }

  /// Rollouts of two and of three steps, seven tokens each.
  private func unequalRollouts() throws -> String {
    let rollouts = [2, 3].map { length in
      var rollout = WrittenRollout([], answer: "1")
      rollout.steps = (0..<length).map {
        .init(text: "\(length): \($0)", scores: ["prm": 0.5], prefixScores: ["prm": 0.5], tokens: 7)
      }
      return rollout
    }
    return try WrittenProblem.line("p", rollouts)
  }

  @Test func closedFormsPayTheScorerForEveryRollout() async throws {
    let rows = try await rows([try unequalRollouts()], ["bon", "majority"]) { $0.aggregations = ["last", "model"] }
    let byAggregate = Dictionary(grouping: rows.filter { $0.cell.method == "bon" }, by: \.cell.aggregate)
    // 2 x 7 and 3 x 7 tokens, read once whether they are judged step by step or as one block.
    #expect(byAggregate["last"]?.map(\.scorerTokens) == [35])
    #expect(byAggregate["model"]?.map(\.scorerTokens) == [35])
    #expect(rows.allSatisfy { $0.tokens == 35 })
    #expect(rows.filter { $0.cell.method == "majority" }.map(\.scorerTokens) == [0])
  }

  /// One of two and one of three steps of seven tokens: with N = 2 the race stops after 14 tokens each, and with two
  /// voters it does not stop. Scores of 0.5 are above 0.4, so one is drawn, and not above 0.5, so both are.
  @Test func rulesThatStopPayForWhatTheyUse() async throws {
    func row(_ method: String, _ options: [String: String] = [:]) async throws -> CurvePoint {
      let rows = try await rows(
        [try unequalRollouts()], [method], named: ([method] + options.values).joined() + ".retrace"
      ) {
        $0.options = options.map { .init(key: $0.key, value: $0.value) }
      }
      return try #require(rows.first)
    }
    let race = try await row("firstFinish")
    #expect(race.tokens == 28 && race.generations == 2 && race.scorerCalls == 0)
    #expect(try await row("firstFinish", ["k": "2"]).tokens == 35)
    let stopped = try await row("adaptiveBon", ["threshold": "0.4"])
    #expect(stopped.generations == 1 && stopped.tokens == 17.5)
    #expect(stopped.scorerCalls == 2.5 && stopped.scorerTokens == 17.5)
    let whole = try await row("adaptiveBon", ["threshold": "0.5"])
    #expect(whole.generations == 2 && whole.tokens == 35 && whole.scorerCalls == 5)
    let one = try await row("first")
    #expect(one.generations == 1 && one.tokens == 17.5)
  }

  @Test func drawnRunsPayTheScorerForEveryStep() async throws {
    let rows = try await rows([try unequalRollouts()], ["pf", "majority", "wbon"])
    for row in rows { #expect(row.scorerTokens == (row.cell.aggregate == nil ? 0 : row.tokens)) }
    #expect(Set(rows.map(\.cell.method)).contains("pf"))
    #expect(rows.allSatisfy { $0.costs?.generations?.mean == 2 })
  }

  @Test func answerRulesComeFromTheSameRuns() async throws {
    let lines = try MadeUpRollouts.lines(problems: 7, rollouts: 16)
    let all = try await rows(lines, ["pf", "bon"]) { $0.budgets = BudgetList([8]) }
    let filter = try #require(all.first { $0.cell.method == "pf" })
    let rules = try #require(filter.rules)
    // The textbook's rule is one of them, and the row's accuracy is its.
    #expect(filter.cell.options["answer"] == "argmax" && rules.argmax == filter.accuracy)
    for accuracy in [rules.argmax, rules.sample, rules.vote, rules.weightedVote] {
      #expect(accuracy.map { (0...1).contains($0) } == true)
    }
    #expect(all.first { $0.cell.method == "bon" }?.rules == nil)
  }

  @Test func flopsOfGeneratorAndScorer() async throws {
    let rows = try await rows([try unequalRollouts()], ["bon", "majority"]) {
      $0.generatorParameters = ParameterCount(parsing: "2K")
      $0.scorerParameters = ParameterCount(parsing: "1e1")
    }
    let flops = Dictionary(grouping: rows, by: \.cell.method).mapValues { $0.map { $0.flops?.mean } }
    // 2 x 2000 x 35, and 2 x 10 x 35 of the scorer.
    #expect(flops["bon"] == [140_700])
    #expect(flops["majority"] == [140_000])
    let generatorOnly = try await self.rows(
      [try unequalRollouts()], ["bon", "majority"], named: "generator.retrace"
    ) {
      $0.generatorParameters = ParameterCount(parsing: "2K")
    }
    #expect(generatorOnly.first { $0.cell.method == "bon" }?.flops == nil)
    #expect(generatorOnly.first { $0.cell.method == "majority" }?.flops?.mean == 140_000)
  }

  @Test(arguments: [("1.5e9", 1.5e9), ("7B", 7e9), ("0.8M", 8e5), ("2k", 2e3), ("1T", 1e12), ("12", 12)])
  func parameterCountsAreRead(text: String, value: Double) {
    #expect(ParameterCount(parsing: text).map { abs($0.value / value - 1) < 1e-12 } == true)
  }

  @Test(arguments: ["", "B", "0", "-7B", "inf", "nan", "0x10", "7BB", "7 B", "1e400", "7G"])
  func otherParameterCountsAreNot(text: String) {
    #expect(ParameterCount(parsing: text) == nil)
  }
}
