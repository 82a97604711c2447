import Testing
import Traces

@testable import Replay

/// search-and-learn's look-ahead on trees worked by hand.
@Suite struct GreedyLookAheadTests {
  /// First steps 0.9 and 0.6; after them greedily 0.1 and 0.8 -> 0.05; sampled ends 0.7 (wrong) and 0.5 (right).
  private func tree(secondGreedyStep: Bool = true, scores: (first: Double, second: Double) = (0.9, 0.6)) throws
    -> TraceTree
  {
    var rows = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)],
      recordings: [Recording(name: "sampled", temperature: 0.8), Recording(name: "greedy", temperature: 0)])
    func add(_ segment: RecordedSegments.Segment, _ steps: [(UInt64, Double)]) {
      rows.append(segment, keys: steps.map(\.0), tokens: steps.map { _ in 10 }, scores: [steps.map(\.1)])
    }
    add(.init(answerClass: 1), [(1, scores.first), (11, 0.7)])
    add(.init(answerClass: 0), [(2, scores.second), (21, 0.5)])
    add(.init(parent: 0, parentStep: 1, finish: .open, recording: 1), [(12, 0.1), (13, 0.1)])
    let after: [(UInt64, Double)] = secondGreedyStep ? [(22, 0.8), (23, 0.05)] : [(22, 0.8)]
    add(.init(parent: 1, parentStep: 1, finish: .open, recording: 1), after)
    return try TraceTree(problem: Problem(key: "p"), segments: rows)
  }

  private func run(_ tree: TraceTree, _ method: String, _ lookahead: Int, _ aggregation: Aggregation = .last) throws
    -> BudgetOutcome
  {
    let options = lookahead == 0 ? [:] : ["lookahead": "\(lookahead)"]
    return try tree.outcomes(
      method, budgets: [2], replicates: 5, preset: "sal", aggregation: aggregation,
      options: options.merging(["width": "2"]) { $1 }, continuation: .shared)[0]
  }

  @Test func stepsAtTemperatureZeroAreNoDraws() throws {
    let tree = try tree()
    #expect(tree.visits[0] == 2)
    let open = tree.children(of: 0).map { tree.children(of: $0).map { tree.visits[$0] }.sorted() }
    #expect(open == [[0, 1], [0, 1]])
    let outcome = try tree.outcomes("pf", budgets: [2, 3], replicates: 40, continuation: .shared)
    // Copies of one particle share its only future; a greedy step would have been another recorded one.
    #expect(outcome[0].coverage.shared > 0)
    #expect(outcome[0].coverage.total == 160)
    #expect(outcome[1].absence == .tooFewStarts(recorded: 2))
  }

  @Test func oneGreedyStepTurnsTheChoice() throws {
    #expect(try run(tree(), "dvts", 0).right.allSatisfy { $0 == 0 })
    let one = try run(tree(), "dvts", 1)
    #expect(one.right.allSatisfy { $0 == 1 })
    // The second step would turn it back: 0.1 against 0.05.
    #expect(try run(tree(), "dvts", 2).right.allSatisfy { $0 == 0 })
    // The smallest of 0.9, 0.1 against that of 0.6, 0.8.
    #expect(try run(tree(), "dvts", 1, .min).right.allSatisfy { $0 == 1 })
    // Two drawn steps and two greedy ones in the first level, two drawn ones in the second, where both have ended.
    #expect(one.tokens.allSatisfy { $0 == 60 })
    #expect(one.scorerCalls.allSatisfy { $0 == 6 })
    #expect(one.coverage.lookAheads == 10)
    #expect(one.coverage.missedLookAheads == 0)
    #expect(one.coverage.total == 20)
  }

  @Test func aCandidateKeepsItsScoreWhereNothingIsRecorded() throws {
    let outcome = try run(tree(secondGreedyStep: false), "dvts", 2)
    // 0.1 against 0.8, the last recorded step.
    #expect(outcome.right.allSatisfy { $0 == 1 })
    #expect(outcome.coverage.lookAheads == 15)
    #expect(outcome.coverage.missedLookAheads == 5)
  }

  @Test func inBeamSearchItCostsTokensAndChangesNothing() throws {
    let without = try run(tree(), "beam", 0)
    let with = try run(tree(), "beam", 2)
    #expect(without.right == with.right)
    #expect(without.scorerCalls == with.scorerCalls)
    #expect(zip(with.tokens, without.tokens).allSatisfy { $0 == $1 + 40 })
  }

  @Test func onlySearchAndLearnHasIt() {
    for (method, preset) in [("dvts", nil), ("beam", nil), ("beam", "its_hub"), ("pf", nil)] as [(String, String?)] {
      do {
        _ = try MethodCell(method: method, preset: preset, options: ["lookahead": "1"])
        Issue.record("\(method) took it")
      } catch {
        #expect(error.localizedDescription.contains("has no option 'lookahead'"))
      }
    }
  }
}
