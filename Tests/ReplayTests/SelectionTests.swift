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
}
