import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct ParticleFilterTests {
  /// Two levels, a path that ends early, several answers; every continuation recorded very often.
  private func smallTree(times: Int) throws -> TraceTree {
    try TestTree.make([
      TestRollout([(1, 0.7), (11, 0.9)], answer: 0, times: 2 * times),
      TestRollout([(1, 0.7), (12, 0.2), (13, 0.6)], answer: 1, times: times),
      TestRollout([(2, 0.4), (21, 0.95), (22, 0.8)], answer: 0, times: times),
      TestRollout([(2, 0.4), (21, 0.95), (23, 0.3)], answer: 1, times: times),
      TestRollout([(2, 0.4), (24, 0.1)], answer: 2, times: 2 * times),
      TestRollout([(3, 0.8)], answer: 1, times: times),
    ])
  }

  @Test(arguments: [Aggregation.last, .product, .mean]) func agreesWithTheExactLaw(aggregation: Aggregation) throws {
    let tree = try smallTree(times: 4000)
    let scores = try PathScores(tree: tree, column: 0, aggregation: aggregation)
    let runs = 20_000
    for count in 1...3 {
      let exact = ExactFilter(tree: tree, scores: scores).accuracy(particles: count)
      let outcome = try tree.outcomes("pf", budgets: [count], replicates: runs, aggregation: aggregation)[0]
      #expect(Law.agrees(Law.mean(outcome.right), with: exact.argmax, runs: runs), "N = \(count)")
      #expect(abs(Law.mean(outcome.expected) - exact.expected) < 0.012, "N = \(count)")
      #expect(outcome.coverage.recordedShare == 1)
    }
  }

  @Test func theExactLawIsRightWhereItIsKnown() throws {
    let tree = try smallTree(times: 1)
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    #expect(abs(ExactFilter(tree: tree, scores: scores).accuracy(particles: 1).argmax - 3.0 / 8) < 1e-12)
  }

  @Test(arguments: ResamplingScheme.allCases) func oneParticleIsPlainSampling(scheme: ResamplingScheme) throws {
    let tree = try smallTree(times: 1)
    let outcome = try tree.outcomes(
      "pf", budgets: [1], replicates: 20_000, options: ["resampling": scheme.rawValue], continuation: .strict)[0]
    #expect(outcome.refused == 0)
    #expect(Law.agrees(Law.mean(outcome.right), with: 3.0 / 8, runs: 20_000))
    #expect(outcome.right == outcome.expected)
  }

  @Test func everyAnswerRuleIsReported() throws {
    let tree = try smallTree(times: 50)
    let outcome = try tree.outcomes("pf", budgets: [8], replicates: 400)[0]
    #expect(outcome.rules.map(\.argmax) == outcome.right)
    let sampled = Law.mean(outcome.rules.map(\.sample))
    #expect(abs(sampled - Law.mean(outcome.expected)) < 0.08)
    for rule in ["vote", "weightedVote", "sample"] {
      let other = try tree.outcomes("pf", budgets: [8], replicates: 400, options: ["answer": rule])[0]
      #expect(other.right.allSatisfy { $0 == 0 || $0 == 1 })
    }
  }

  @Test func aBudgetBeyondTheRecordIsAbsent() throws {
    let tree = try TestTree.chains(6, steps: 3)
    let outcomes = try tree.outcomes("pf", budgets: [4, 8], replicates: 3)
    #expect(outcomes[0].absence == nil)
    #expect(outcomes[1].absence == .tooFewStarts(recorded: 6))
    #expect(outcomes[1].right.isEmpty)
  }

  @Test func runsStopAtMaxStepsWithOpenCandidates() throws {
    let tree = try TestTree.chains(8, steps: 6)
    let outcome = try tree.outcomes("pf", budgets: [4], replicates: 20, options: ["maxSteps": "3"])[0]
    #expect(outcome.openShare.allSatisfy { $0 == 1 })
    #expect(outcome.right.allSatisfy { $0 == 0 })
    #expect(outcome.scorerCalls.allSatisfy { $0 == 12 })
    #expect(outcome.tokens.allSatisfy { $0 == 120 })
  }
}
