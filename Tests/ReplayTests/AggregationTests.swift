import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct AggregationTests {
  private let scores = [0.5, 0.8, 0.25, 0.9]

  private func aggregate(_ aggregation: Aggregation) throws -> Double {
    let tree = try TestTree.make(
      [TestRollout(scores.enumerated().map { (UInt64($0.offset), $0.element) }, answer: 0)], prefixChannel: true)
    let column = try tree.column(scorer: nil, aggregation: aggregation)
    return try PathScores(tree: tree, column: column, aggregation: aggregation).score[4]
  }

  @Test func handWorked() throws {
    #expect(try aggregate(.last) == 0.9)
    #expect(try aggregate(.min) == 0.25)
    #expect(try aggregate(.max) == 0.9)
    #expect(try aggregate(.first) == 0.5)
    #expect(abs(try aggregate(.mean) - 0.6125) < 1e-15)
    #expect(abs(try aggregate(.product) - 0.09) < 1e-15)
    #expect(abs(try aggregate(.geometricMean) - pow(0.09, 0.25)) < 1e-15)
    #expect(try aggregate(.model) == 0.9)
    #expect(abs(try aggregate(.window(2)) - 0.575) < 1e-15)
    #expect(abs(try aggregate(.window(9)) - 0.6125) < 1e-15)
  }

  @Test func productOfManySmallScoresNeitherVanishesNorTies() throws {
    let low = (0..<200).map { (UInt64($0), 0.01) }
    let high = (0..<200).map { (UInt64(1000 + $0), $0 == 199 ? 0.011 : 0.01) }
    let tree = try TestTree.make([TestRollout(low, answer: 1), TestRollout(high, answer: 0)])
    let scores = try PathScores(tree: tree, column: 0, aggregation: .product)
    let ranks = tree.rollouts.map { scores.rank[Int($0)] }
    #expect(abs(ranks[0] - 200 * log(0.01)) < 1e-9)
    #expect(ranks[1] > ranks[0])
    #expect(ranks[1].isFinite)
    let outcome = try tree.outcomes(
      "pf", budgets: [2], replicates: 50, aggregation: .product, options: ["maxSteps": "200"], continuation: .shared)
    #expect(outcome[0].right.contains(1))
  }

  @Test(arguments: [Aggregation.last, .min, .mean, .product, .geometricMean, .max, .first, .window(3)])
  func foldingAlongARunEqualsTheRecordedPath(aggregation: Aggregation) throws {
    let tree = try TestTree.chains(6, steps: 7)
    let scores = try PathScores(tree: tree, column: 0, aggregation: aggregation)
    var engine = ReplayEngine(
      tree: tree, scores: scores, continuation: DonorGroups(.strict, neighbours: 8, tree: tree, scores: scores),
      keepsHistory: false)
    engine.begin(
      stream: RandomStream(.init(seed: 1, problem: "", method: "", settings: ""), budget: 0, replicate: 0),
      replicate: 0)
    let candidates = FlatStorage(repeating: scores.start, count: 6)
    for _ in 0..<7 {
      _ = engine.advance(candidates, count: 6)
      for candidate in candidates.prefix(6) {
        #expect(candidate.score == scores.score[Int(candidate.node)])
        #expect(scores.rank(of: candidate) == scores.rank[Int(candidate.node)])
      }
    }
    #expect(engine.tally.coverage.recorded == 42)
  }

  @Test func modelNeedsThePrefixChannel() throws {
    let tree = try TestTree.chains(4, steps: 2)
    let error = #expect(throws: ReplayError.self) {
      try tree.outcomes("pf", budgets: [2], aggregation: .model)
    }
    #expect(error?.errorDescription?.contains("the step channel of prm") == true)
  }

  @Test(arguments: [Aggregation.product, .geometricMean]) func productsNeedProbabilities(_ aggregation: Aggregation)
    throws
  {
    let tree = try TestTree.make([TestRollout([(1, -3.5)], answer: 0)], scale: .logit)
    #expect(throws: ReplayError.scaleMismatch(aggregation: aggregation.name, scorer: "prm", scale: .logit)) {
      try tree.outcomes("pf", budgets: [1], aggregation: aggregation)
    }
    #expect(try tree.outcomes("pf", budgets: [1], aggregation: .mean)[0].right == [1])
  }
}
