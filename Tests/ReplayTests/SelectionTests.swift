import Testing
import Traces

@testable import Replay

@Suite struct SelectionTests {
  private func tree() throws -> TraceTree {
    try TestTree.make([
      TestRollout([(1, 0.9)], answer: 1), TestRollout([(2, 0.5)], answer: 0), TestRollout([(3, 0.6)], answer: 0),
      TestRollout([(4, 0.8)], answer: 2), TestRollout([(5, 0.95)], answer: -1),
    ])
  }

  /// The exact success probability of a rule over all subsets of a size.
  private func exact(size: Int, rule: ([Int]) -> Double) throws -> Double {
    var sum = 0.0
    var subsets = 0.0
    for mask in 0..<32 where mask.nonzeroBitCount == size {
      sum += rule((0..<5).filter { mask & 1 << $0 != 0 })
      subsets += 1
    }
    return sum / subsets
  }

  private func weightedVote(_ chosen: [Int], _ weight: (Double) -> Double) -> Double {
    let scores = [0.9, 0.5, 0.6, 0.8, 0.95]
    let classes = [1, 0, 0, 2, -1]
    var sums: [Int: Double] = [:]
    for i in chosen where classes[i] >= 0 { sums[classes[i], default: 0] += weight(scores[i]) }
    guard let most = sums.values.max() else { return 0 }
    let winners = sums.filter { $0.value == most }
    return winners[0] == nil ? 0 : 1 / Double(winners.count)
  }

  @Test(arguments: 1...5) func weightedBestOfNAgreesWithAllSubsets(size: Int) throws {
    let plain = try tree().outcomes("wbon", budgets: [size], replicates: 20_000)[0]
    let expected = try exact(size: size) { weightedVote($0) { $0 } }
    #expect(Law.agrees(Law.mean(plain.right), with: expected, runs: 20_000))
    let logit = try tree().outcomes("wbon", budgets: [size], replicates: 20_000, options: ["weights": "logit"])[0]
    let expectedLogit = try exact(size: size) { weightedVote($0) { ScoreWeights().logWeight($0, scale: .probability) } }
    #expect(Law.agrees(Law.mean(logit.right), with: expectedLogit, runs: 20_000))
    #expect(plain.generations.allSatisfy { $0 == Double(size) })
  }

  @Test func moreThanRecordedIsAbsent() throws {
    let outcome = try tree().outcomes("wbon", budgets: [6])[0]
    #expect(outcome.absence == .tooFewRollouts(recorded: 5))
  }

  @Test func theSelectionPoolHoldsWhatClosedFormsNeed() throws {
    var replay = ProblemReplay(tree: try tree())
    let pool = try replay.selectionPool(for: MethodCell(method: "wbon"))
    #expect(pool.count == 5)
    #expect(pool.rightCount == 2)
    #expect(pool.answerClass == [1, 0, 0, 2, -1])
    #expect(pool.score == [0.9, 0.5, 0.6, 0.8, 0.95])
    #expect(pool.tokens == [10, 10, 10, 10, 10])
    #expect(pool.steps == [1, 1, 1, 1, 1])
  }

  @Test(arguments: 1...5) func replicatesAgreeWithAllSubsets(size: Int) throws {
    let scores = [0.9, 0.5, 0.6, 0.8, 0.95]
    let classes = [1, 0, 0, 2, -1]
    let rules: [(String, ([Int]) -> Double)] = [
      ("bon", { chosen in chosen.max { scores[$0] < scores[$1] }.map { classes[$0] == 0 ? 1 : 0 } ?? 0 }),
      ("majority", { chosen in weightedVote(chosen) { _ in 1 } }),
      ("pass", { chosen in chosen.contains { classes[$0] == 0 } ? 1 : 0 }),
      ("first", { _ in 0.4 }),
    ]
    for (method, rule) in rules {
      let outcome = try tree().outcomes(method, budgets: [size], replicates: 20_000)[0]
      let expected = try exact(size: size, rule: rule)
      #expect(Law.agrees(Law.mean(outcome.right), with: expected, runs: 20_000), "\(method) \(size)")
    }
  }

  @Test func closedFormsAreNamedWhereTheyHold() throws {
    #expect(try MethodCell(method: "bon").closedForm == .bestOfN)
    #expect(try MethodCell(method: "bon", preset: "sal").closedForm == nil)
    #expect(try MethodCell(method: "majority").closedForm == .majority)
    #expect(try MethodCell(method: "pass").closedForm == .pass)
    #expect(try MethodCell(method: "first").closedForm == .first)
    #expect(try MethodCell(method: "firstFinish").closedForm == .shortest(voters: 1))
    #expect(try MethodCell(method: "firstFinish", options: ["k": "3"]).closedForm == .shortest(voters: 3))
    #expect(try MethodCell(method: "adaptiveBon").closedForm == .firstAbove(threshold: 0.9))
    #expect(try MethodCell(method: "adaptiveVote").closedForm == nil)
    #expect(try MethodCell(method: "wbon").closedForm == nil)
  }

  /// 0.1 + 0.2 is 0.3 on paper, and so are 0.1 + 0.2 + 0.3 and 0.6 in whatever order they are drawn.
  @Test(arguments: [[0.1, 0.2, -0.3], [0.1, 0.2, 0.3, -0.6], [0.7, 0.1, 0.3, -1, -0.1]])
  func weightedVotesTieWhereSumsAreEqualOnPaper(scores: [Double]) throws {
    // The sign says the class.
    let tree = try TestTree.make(
      scores.enumerated().map { TestRollout([(UInt64($0), abs($1))], answer: $1 > 0 ? 0 : 1) })
    let outcome = try tree.outcomes("wbon", budgets: [scores.count], replicates: 4000)[0]
    #expect(Law.agrees(Law.mean(outcome.right), with: 0.5, runs: 4000))
  }

  @Test func sumsOfScoresThatDifferDoNotTie() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.1)], answer: 0), TestRollout([(2, 0.2)], answer: 0),
      TestRollout([(3, 0.300000001)], answer: 1),
    ])
    #expect(try tree.outcomes("wbon", budgets: [3], replicates: 50)[0].right.allSatisfy { $0 == 0 })
  }

  @Test func adaptiveVotesStopWhenTheLeaderIsSure() throws {
    #expect(abs(AdaptiveVote.certainty(first: 4, second: 0) - 0.96875) < 1e-12)
    #expect(abs(AdaptiveVote.certainty(first: 3, second: 0) - 0.9375) < 1e-12)
    #expect(abs(AdaptiveVote.certainty(first: 3, second: 1) - 0.8125) < 1e-12)
    let unanimous = try TestTree.make((0..<16).map { TestRollout([(UInt64($0), 0.5)], answer: 0) })
    let beta = try unanimous.outcomes("adaptiveVote", budgets: [16], replicates: 3)[0]
    #expect(beta.generations == [4, 4, 4])
    let doubling = try unanimous.outcomes("adaptiveVote", budgets: [16], replicates: 3, preset: "its_hub")[0]
    #expect(doubling.generations == [2, 2, 2])
    let split = try TestTree.make((0..<16).map { TestRollout([(UInt64($0), 0.5)], answer: Int32($0)) })
    #expect(try split.outcomes("adaptiveVote", budgets: [16], replicates: 3)[0].generations == [16, 16, 16])
  }

  @Test func adaptiveBestOfNStopsAtTheThreshold() throws {
    let outcome = try tree().outcomes(
      "adaptiveBon", budgets: [5], replicates: 20_000, options: ["threshold": "0.55"])[0]
    // Four of five are above 0.55; the first of them to come answers, one of the four is right.
    #expect(Law.agrees(Law.mean(outcome.right), with: 0.25, runs: 20_000))
    #expect(abs(Law.mean(outcome.generations) - 1.2) < 0.02)
    let never = try tree().outcomes("adaptiveBon", budgets: [5], replicates: 5, options: ["threshold": "0.99"])[0]
    #expect(never.right == [0, 0, 0, 0, 0])
    #expect(never.generations == [5, 5, 5, 5, 5])
  }

  private func lengths() throws -> TraceTree {
    try TestTree.make([
      TestRollout([(1, 0.5), (11, 0.5), (12, 0.5)], answer: 0), TestRollout([(2, 0.5), (21, 0.5)], answer: 0),
      TestRollout([(3, 0.5)], answer: 1), TestRollout([(4, 0.5), (41, 0.5)], answer: 2),
    ])
  }

  @Test func theFirstToFinishAnswers() throws {
    let all = try lengths().outcomes("firstFinish", budgets: [4], replicates: 10)[0]
    #expect(all.right.allSatisfy { $0 == 0 })
    #expect(all.tokens.allSatisfy { $0 == 40 })
    // Three vote: the one of one step and both of two steps, one each.
    let vote = try lengths().outcomes("firstFinish", budgets: [4], replicates: 9000, options: ["k": "3"])[0]
    #expect(Law.agrees(Law.mean(vote.right), with: 1.0 / 3, runs: 9000))
    #expect(vote.tokens.allSatisfy { $0 == 70 })
  }

  @Test func perplexityCountsUniquePathsByTheirProbability() throws {
    // Log-probability -1 a step: class 1 has exp(-1), class 0 exp(-2) + exp(-3) less than that, class 2 exp(-2).
    let outcome = try lengths().outcomes("perplexityVote", budgets: [4], replicates: 5)[0]
    #expect(outcome.right.allSatisfy { $0 == 0 })
    let twice = try TestTree.make([
      TestRollout([(1, 0.5), (11, 0.5)], answer: 1, times: 4), TestRollout([(2, 0.5), (21, 0.5)], answer: 0),
      TestRollout([(3, 0.5), (31, 0.5)], answer: 0),
    ])
    // Four draws of one path count once: exp(-2) against 2 exp(-2).
    #expect(try twice.outcomes("perplexityVote", budgets: [6], replicates: 5)[0].right.allSatisfy { $0 == 1 })
    let pruned = try lengths().outcomes(
      "perplexityVote", budgets: [4], replicates: 5, options: ["pruning": "truncatedMean"])[0]
    #expect(pruned.right.allSatisfy { $0 == 0 })
  }

  private func twoRecordings() throws -> TraceTree {
    var segments = RecordedSegments(
      columns: [
        ScoreColumn(scorer: "a", channel: .step), ScoreColumn(scorer: "b", channel: .step),
      ],
      recordings: [Recording(name: "hot", temperature: 0.8), Recording(name: "greedy", temperature: 0)])
    for (index, row) in [(0, 1, 0.9, 0.1), (0, 0, 0.8, 0.9), (1, 0, 0.3, 0.8), (1, 2, 0.2, 0.2)].enumerated() {
      segments.append(
        .init(answerClass: Int32(row.1), recording: Int32(row.0)), keys: [UInt64(index)], tokens: [1],
        scores: [[row.2], [row.3]])
    }
    return try TraceTree(problem: Problem(key: "p"), segments: segments)
  }

  @Test func severalRecordingsAndScorers() throws {
    var replay = ProblemReplay(tree: try twoRecordings())
    func run(_ method: String, _ budget: Int, _ options: [String: String]) throws -> BudgetOutcome {
      let cell = try MethodCell(method: method, scorer: "a", options: options)
      return try replay.evaluate(cell, budgets: [budget], replicates: 8000, seed: 1)[0]
    }
    // One of each recording: the pair is right by score a where the hot one is the second.
    let split = try run("multiTemperature", 2, ["rule": "bon"])
    #expect(Law.agrees(Law.mean(split.right), with: 0.5, runs: 8000))
    #expect(try run("multiTemperature", 3, [:]).absence == .notMultiple(of: 2, option: "the number of recordings"))
    #expect(try run("multiTemperature", 6, [:]).absence == .tooFewRecordings(recorded: 0, needed: 2))
    // Right but for the pair of two wrong ones; as many tokens everywhere, so either of the two finishes first.
    let oracle = try run("multiTemperature", 2, ["rule": "pass"])
    #expect(Law.agrees(Law.mean(oracle.right), with: 0.75, runs: 8000))
    #expect(oracle.scorerCalls.allSatisfy { $0 == 0 })
    let first = try run("multiTemperature", 2, ["rule": "firstFinish"])
    #expect(Law.agrees(Law.mean(first.right), with: 0.5, runs: 8000))
    // All four: scorer a alone prefers the first (wrong), the mean of ranks the second (right).
    #expect(try run("ensemble", 4, [:]).right.allSatisfy { $0 == 0 })
    #expect(try run("ensemble", 4, ["scorers": "all"]).right.allSatisfy { $0 == 1 })
    #expect(try run("greedy", 1, [:]).right == [0.5])
    // Four steps, judged by both.
    #expect(try run("ensemble", 4, [:]).scorerCalls.allSatisfy { $0 == 4 })
    #expect(try run("ensemble", 4, ["scorers": "all"]).scorerCalls.allSatisfy { $0 == 8 })
    #expect(try run("ensemble", 4, ["scorers": "all"]).scorerTokens.allSatisfy { $0 == 8 })
  }

  /// Ranks 1 and 2 of two scorers against rank 3 of both: as much for either class.
  @Test func sumsOfRanksTie() throws {
    var segments = RecordedSegments(
      columns: [ScoreColumn(scorer: "a", channel: .step), ScoreColumn(scorer: "b", channel: .step)],
      recordings: [Recording(name: "test")])
    for rollout in 0..<3 {
      let score = 0.1 + 0.3 * Double(rollout)
      segments.append(
        .init(answerClass: rollout < 2 ? 0 : 1), keys: [UInt64(rollout)], tokens: [1], scores: [[score], [score]])
    }
    let tree = try TraceTree(problem: Problem(key: "p"), segments: segments)
    let outcome = try tree.outcomes(
      "ensemble", budgets: [3], replicates: 4000, options: ["rule": "wbon", "scorers": "all"])[0]
    #expect(Law.agrees(Law.mean(outcome.right), with: 0.5, runs: 4000))
  }
}
