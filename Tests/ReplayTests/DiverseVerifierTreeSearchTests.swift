import Testing
import Traces

@testable import Replay

@Suite struct DiverseVerifierTreeSearchTests {
  /// One subtree of width 2: first steps 0.9 (goes on) and 0.4; the continuations of the best end with 0.7 (right) and
  /// stay open with 0.8.
  private func tree() throws -> TraceTree {
    var rows = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)], recordings: [Recording(name: "test")])
    func add(_ parent: Int32, _ step: Int32, _ finish: Finish, _ answer: Int32, _ steps: [(UInt64, Double)]) {
      rows.append(
        .init(parent: parent, parentStep: step, finish: finish, answerClass: answer), keys: steps.map(\.0),
        tokens: steps.map { _ in 1 }, scores: [steps.map(\.1)])
    }
    add(-1, 0, .stop, 0, [(1, 0.9), (11, 0.7)])
    add(-1, 0, .stop, 1, [(2, 0.4), (21, 0.99)])
    add(0, 1, .stop, 1, [(12, 0.6), (121, 0.99)])
    return try TraceTree(problem: Problem(key: "p"), segments: rows)
  }

  @Test func theLastLevelCountsWithItsOpenCandidates() throws {
    let outcome = try tree().outcomes(
      "dvts", budgets: [2], replicates: 10, options: ["width": "2"], continuation: .strict)[0]
    // Level 2: 0.7 ends (right) and is the best, 0.6 stays open; the subtree ends with both.
    #expect(outcome.right.allSatisfy { $0 == 1 })
    #expect(outcome.openShare.allSatisfy { $0 == 0.5 })
    #expect(outcome.scorerCalls.allSatisfy { $0 == 4 })
    #expect(outcome.generations.allSatisfy { $0 == 2 })
  }

  @Test func anOpenCandidateCanBeChosenAndIsWrong() throws {
    // After one level both candidates are open.
    let outcome = try tree().outcomes(
      "dvts", budgets: [2], replicates: 10, options: ["width": "2", "maxSteps": "1"], continuation: .strict)[0]
    #expect(outcome.right.allSatisfy { $0 == 0 })
    #expect(outcome.openShare.allSatisfy { $0 == 1 })
    let dropped = try tree().outcomes(
      "dvts", budgets: [2], replicates: 10, options: ["width": "2", "dropOpen": "true"], continuation: .strict)[0]
    #expect(dropped.openShare.allSatisfy { $0 == 0 })
    #expect(dropped.right.allSatisfy { $0 == 1 })
  }

  @Test func tiesWithinASubtreeAreBrokenAtRandom() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.5), (11, 0.9)], answer: 0), TestRollout([(2, 0.5), (21, 0.9)], answer: 1),
    ])
    let outcome = try tree.outcomes(
      "dvts", budgets: [2], replicates: 8000, options: ["width": "2"], continuation: .shared)[0]
    #expect(Law.agrees(Law.mean(outcome.right), with: 0.5, runs: 8000))
  }

  @Test func budgetsThatAreNoMultipleSaySo() throws {
    let outcome = try tree().outcomes("dvts", budgets: [2], replicates: 1)[0]
    #expect(outcome.absence == .notMultiple(of: 4, option: "width"))
    #expect(outcome.absence?.isUsageError == true)
  }
}
