import Testing
import Traces

@testable import Replay

@Suite struct TreeSearchTests {
  private func segments(
    _ rows: [(parent: Int32, step: Int32, finish: Finish, answer: Int32, steps: [(UInt64, Double)])]
  ) throws -> TraceTree {
    var segments = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)], recordings: [Recording(name: "test")])
    for row in rows {
      segments.append(
        .init(parent: row.parent, parentStep: row.step, finish: row.finish, answerClass: row.answer),
        keys: row.steps.map(\.0), tokens: row.steps.map { _ in 10 }, scores: [row.steps.map(\.1)])
    }
    return try TraceTree(problem: Problem(key: "p"), segments: segments)
  }

  private func twoPaths() throws -> TraceTree {
    try segments([
      (-1, 0, .stop, 0, [(1, 0.9), (11, 0.8)]),
      (-1, 0, .stop, 1, [(2, 0.4), (21, 0.95)]),
      (0, 1, .stop, 1, [(12, 0.3), (121, 0.99)]),
    ])
  }

  @Test func bestFirstFollowsTheBestPathToItsEnd() throws {
    let outcome = try twoPaths().outcomes(
      "bestFirst", budgets: [2], replicates: 5, options: ["width": "2"], continuation: .strict)[0]
    // 0.9 and 0.4 are drawn, 0.9 is continued by 0.8 (an end) and 0.3; 0.8 is now the best and answers.
    #expect(outcome.right == [1, 1, 1, 1, 1])
    #expect(outcome.scorerCalls == [4, 4, 4, 4, 4])
  }

  @Test func bestFirstStopsWhenItsTokensAreSpent() throws {
    // One rollout's mean is 20 tokens: after the prompt's continuations nothing is left, and nothing is finished.
    let outcome = try twoPaths().outcomes(
      "bestFirst", budgets: [1], replicates: 3, options: ["width": "2"], continuation: .strict)[0]
    #expect(outcome.right == [0, 0, 0])
    #expect(outcome.tokens == [20, 20, 20])
  }

  @Test func treeSearchFollowsTheBestContinuation() throws {
    let one = try twoPaths().outcomes(
      "mcts", budgets: [1], replicates: 40, options: ["width": "2"], continuation: .shared)[0]
    // Both first steps are drawn; 0.9 is followed by one of its two continuations: an end at 0.8 or 0.3 then 0.99.
    #expect(one.right.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(Set(one.scorerCalls) == [3, 4])
    let many = try twoPaths().outcomes(
      "mcts", budgets: [6], replicates: 20, options: ["width": "2"], continuation: .shared)[0]
    #expect(many.generations.allSatisfy { $0 == 2 })
    #expect(many.right.count == 20)
  }

  /// Both draws from the prompt: an end at 0.9, and 0.2, which is followed by an end at 0.5.
  private func anEndAndAPath() throws -> TraceTree {
    try segments([(-1, 0, .stop, 1, [(1, 0.9)]), (-1, 0, .stop, 0, [(2, 0.2), (21, 0.5)])])
  }

  @Test func returnsToAnEndAreNoExpansions() throws {
    func calls(_ budget: Int, _ options: [String: String] = [:]) throws -> [Double] {
      try anEndAndAPath().outcomes(
        "mcts", budgets: [budget], replicates: 3, options: ["width": "2"].merging(options) { $1 },
        continuation: .shared)[0].scorerCalls
    }
    #expect(try calls(1) == [2, 2, 2])
    // 0.9 + sqrt(n) / 2 / (1 + n) stays above 0.2 + sqrt(n) / 2 for three returns; at n = 4 it is 1.1 against 1.2, and
    // the second expansion draws two ends.
    #expect(try calls(2) == [4, 4, 4])
    // Every leaf is an end now.
    #expect(try calls(9) == [4, 4, 4])
    // Without exploration the walk goes to the best end for ever.
    #expect(try calls(9, ["exploration": "0"]) == [2, 2, 2])
  }

  @Test func everyDrawnEndCanAnswer() throws {
    // 0.9 is followed to an end at 0.1; beside it was drawn an end at 0.6.
    let tree = try segments([(-1, 0, .stop, 0, [(1, 0.6)]), (-1, 0, .stop, 1, [(2, 0.9), (21, 0.1)])])
    let outcome = try tree.outcomes(
      "mcts", budgets: [1], replicates: 3, options: ["width": "2"], continuation: .strict)[0]
    #expect(outcome.right == [1, 1, 1])
    #expect(outcome.rules.allSatisfy { $0.argmax == 1 && $0.weightedVote == 1 })
    // A path that is cut off is no end.
    let cut = try tree.outcomes(
      "mcts", budgets: [1], replicates: 3, options: ["width": "2", "maxSteps": "1"], continuation: .strict)[0]
    #expect(cut.right == [1, 1, 1] && cut.openShare == [0, 0, 0])
  }

  @Test func sumsOfScoresThatAreEqualOnPaperTie() throws {
    let tree = try segments([
      (-1, 0, .stop, 0, [(1, 0.1)]), (-1, 0, .stop, 0, [(2, 0.2)]), (-1, 0, .stop, 1, [(3, 0.3)]),
    ])
    let outcome = try tree.outcomes("rebase", budgets: [3], replicates: 4000, continuation: .strict)[0]
    #expect(Law.agrees(Law.mean(outcome.right), with: 0.5, runs: 4000))
  }

  @Test func rebaseSharesTheBudgetByScore() throws {
    let tree = try segments([
      (-1, 0, .stop, 1, [(1, 0.9), (11, 0.8)]), (-1, 0, .stop, 1, [(2, 0.5), (21, 0.2)]),
      (-1, 0, .stop, 1, [(3, 0.1), (31, 0.2)]), (-1, 0, .stop, 0, [(4, 0.3)]),
    ])
    // Level 1: one of four ends (right, 0.3). The other three get 3 exp(5 r) / sum = 2.60, 0.35, 0.05: two copies of
    // the first for certain, and the last place by the largest remainder, 0.60, to the first again.
    let outcome = try tree.outcomes("rebase", budgets: [4], replicates: 10, continuation: .shared)[0]
    #expect(outcome.scorerCalls.allSatisfy { $0 == 7 })
    #expect(outcome.coverage.shared == 20)
    #expect(outcome.right.allSatisfy { $0 == 0 })
    #expect(outcome.rules.allSatisfy { $0.vote == 0 && $0.argmax == 0 })
  }

  @Test(arguments: ["beam", "dvts", "bestFirst", "mcts", "rebase", "pf", "epf", "pg", "pgas", "pt"])
  func everySearchRunsUnderEveryPolicy(method: String) throws {
    let tree = try TestTree.chains(64, steps: 6)
    for policy in [ContinuationPolicy.matched, .nearest, .shared] {
      for aggregation in [Aggregation.last, .product, .mean, .window(2)] {
        let outcome = try tree.outcomes(
          method, budgets: [16], replicates: 4, aggregation: aggregation, continuation: policy)[0]
        #expect(outcome.absence == nil && outcome.refused == 0)
        #expect(outcome.right.count == 4)
        #expect(outcome.tokens.allSatisfy { $0 > 0 })
      }
    }
  }
}
