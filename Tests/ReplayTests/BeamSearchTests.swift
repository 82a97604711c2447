import Testing
import Traces

@testable import Replay

@Suite struct BeamSearchTests {
  /// N = 4, M = 2. Level 1 draws all four first steps; 0.9 and 0.8 are kept and copied in turn. Both of their recorded
  /// continuations are then drawn: 0.95 and 0.1 end, 0.3 and 0.2 go on.
  private func branchingTree() throws -> TraceTree {
    var rows = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)], recordings: [Recording(name: "test")])
    func add(_ parent: Int32, _ step: Int32, _ finish: Finish, _ answer: Int32, _ steps: [(UInt64, Double)]) {
      rows.append(
        .init(parent: parent, parentStep: step, finish: finish, answerClass: answer), keys: steps.map(\.0),
        tokens: steps.map { _ in 1 }, scores: [steps.map(\.1)])
    }
    add(-1, 0, .stop, 0, [(1, 0.9), (11, 0.95)])
    add(-1, 0, .stop, 1, [(2, 0.8), (21, 0.3), (211, 0.97)])
    add(-1, 0, .stop, 1, [(3, 0.2), (31, 0.99)])
    add(-1, 0, .stop, 1, [(4, 0.1), (41, 0.99)])
    add(0, 1, .stop, 1, [(12, 0.1)])
    add(1, 1, .stop, 2, [(22, 0.2), (221, 0.4)])
    add(1, 2, .stop, 0, [(212, 0.6)])
    return try TraceTree(problem: Problem(key: "p"), segments: rows)
  }

  @Test func handWorked() throws {
    let tree = try branchingTree()
    // Level 2: two beams complete (0.95 right, 0.1 wrong), two go on (0.3, 0.2); N / M = 2 are kept and copied in turn to
    // four. Level 3: the 0.3 beam's two continuations end with 0.97 (wrong) and 0.6 (right), the 0.2 beam's one recorded
    // continuation ends with 0.4 and its copy shares it. Best of all completed is 0.97: wrong.
    let outcome = try tree.outcomes(
      "beam", budgets: [4], replicates: 20, options: ["width": "2"], continuation: .shared)[0]
    #expect(outcome.right.allSatisfy { $0 == 0 })
    #expect(outcome.scorerCalls.allSatisfy { $0 == 12 })
    #expect(outcome.coverage.recorded == 20 * 11)
    #expect(outcome.coverage.shared == 20)
    // Completed: right 0.95 and 0.6, wrong class 1 with 0.1 and 0.97, class 2 twice: the vote is a three-way tie.
    let vote = try tree.outcomes(
      "beam", budgets: [4], replicates: 9000, options: ["width": "2", "answer": "vote"], continuation: .shared)[0]
    #expect(Law.agrees(Law.mean(vote.right), with: 1.0 / 3, runs: 9000))
    let weighted = try tree.outcomes(
      "beam", budgets: [4], replicates: 20, options: ["width": "2", "answer": "weightedVote"],
      continuation: .shared)[0]
    #expect(weighted.right.allSatisfy { $0 == 1 })
  }

  @Test func tiesAreBrokenAtRandom() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.5)], answer: 0), TestRollout([(2, 0.5)], answer: 1), TestRollout([(3, 0.5)], answer: 2),
      TestRollout([(4, 0.1)], answer: 3),
    ])
    let outcome = try tree.outcomes("beam", budgets: [4], replicates: 9000)[0]
    #expect(Law.agrees(Law.mean(outcome.right), with: 1.0 / 3, runs: 9000))
  }

  /// compute-optimal-tts keeps 0.9 and 0.8; of their continuations with 0.5, two right ones after 0.9 and a wrong one after
  /// 0.8, those of the better path stay.
  @Test func theBetterPathWinsTiesOfComputeOptimalSearch() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.9), (11, 0.5)], answer: 0), TestRollout([(1, 0.9), (12, 0.5)], answer: 0),
      TestRollout([(2, 0.8), (21, 0.5)], answer: 1), TestRollout([(2, 0.8), (22, 0.45)], answer: 1),
    ])
    let outcome = try tree.outcomes(
      "beam", budgets: [4], replicates: 200, preset: "cot", options: ["numSeq": "2"], continuation: .strict)[0]
    #expect(outcome.right.count == 200)
    #expect(outcome.right.allSatisfy { $0 == 1 })
  }

  @Test func theCompletedBeamsOfSearchAndLearnVote() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.3)], answer: 0), TestRollout([(2, 0.9)], answer: 1), TestRollout([(3, 0.2)], answer: 0),
    ])
    let rules = try tree.outcomes("beam", budgets: [3], replicates: 5, preset: "sal")[0].rules
    #expect(rules.map(\.argmax) == [0, 0, 0, 0, 0])
    #expect(rules.map(\.vote) == [1, 1, 1, 1, 1])
    // 0.3 + 0.2 against 0.9.
    #expect(rules.map(\.weightedVote) == [0, 0, 0, 0, 0])
  }

  /// search-and-learn counts the empty answer as a class and weighs by last scores; ours let it vote for nothing.
  @Test func anEmptyAnswerIsAClassOfSearchAndLearn() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.3)], answer: 0), TestRollout([(2, 0.2)], answer: -1), TestRollout([(3, 0.2)], answer: -1),
      TestRollout([(4, 0.1)], answer: 1),
    ])
    for method in ["beam", "dvts"] {
      let published = try tree.outcomes(
        method, budgets: [4], replicates: 3, preset: "sal", options: ["width": method == "dvts" ? "1" : "4"])[0].rules
      #expect(published.map(\.vote) == [0, 0, 0], "\(method)")
      #expect(published.map(\.weightedVote) == [0, 0, 0], "\(method)")
      let own = try tree.outcomes(method, budgets: [4], replicates: 400, options: ["width": "4"])[0].rules
      #expect(own.map(\.weightedVote) == [Double](repeating: 1, count: 400), "\(method)")
      // Two classes with a vote each: a tie.
      #expect(Law.agrees(Law.mean(own.map(\.vote)), with: 0.5, runs: 400), "\(method)")
    }
  }

  @Test func searchAndLearnVotesByLastScores() throws {
    // By the minimum 0.4 against 0.1 + 0.2, by the last 0.5 against 0.3 + 0.4.
    let tree = try TestTree.make([
      TestRollout([(1, 0.4), (11, 0.5)], answer: 1), TestRollout([(2, 0.1), (21, 0.3)], answer: 0),
      TestRollout([(3, 0.2), (31, 0.4)], answer: 0),
    ])
    let published = try tree.outcomes(
      "beam", budgets: [3], preset: "sal", aggregation: .min, continuation: .strict)[0].rules
    #expect(published.map(\.weightedVote) == [1])
    #expect(published.map(\.argmax) == [0])
  }

  @Test func nothingCompletedIsWrong() throws {
    let tree = try TestTree.chains(8, steps: 5)
    let outcome = try tree.outcomes("beam", budgets: [4], replicates: 5, options: ["maxSteps": "2"])[0]
    #expect(outcome.right.allSatisfy { $0 == 0 })
    #expect(outcome.scorerCalls.allSatisfy { $0 == 8 })
  }

  @Test func budgetsThatAreNoMultipleSaySo() throws {
    let tree = try TestTree.chains(8, steps: 2)
    let outcomes = try tree.outcomes("beam", budgets: [2, 4], replicates: 2)
    #expect(outcomes[0].absence == .notMultiple(of: 4, option: "width"))
    #expect(outcomes[1].absence == nil)
  }

  @Test func strictRunsAreRefusedWhereContinuationsAreMissing() throws {
    let tree = try TestTree.chains(8, steps: 3)
    let outcome = try tree.outcomes("beam", budgets: [8], replicates: 5, continuation: .strict)[0]
    #expect(outcome.refused == 5)
    #expect(outcome.runs == 0)
    #expect(outcome.coverage == Coverage())
  }
}
