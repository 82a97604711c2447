import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct ScoreDynamicsTests {
  private func stream(_ seed: UInt64) -> RandomStream {
    RandomStream(.init(seed: seed, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
  }

  @Test(arguments: ScoreDynamics.allCases) func scoresAreMadeOfTheirInnovations(dynamics: ScoreDynamics) {
    let scores = [0.7, -1.2, 3, 2.5]
    var own = 0.0
    var previous = 0.0
    for (index, score) in scores.enumerated() {
      let innovation = dynamics.innovation(of: score, after: previous, step: index + 1)
      own = dynamics.value(after: own, innovation: innovation, step: index + 1)
      #expect(abs(own - score) < 1e-12)
      previous = score
    }
  }

  /// The density of the scores is that of the innovations times the derivative, here by differences.
  @Test(arguments: ScoreDynamics.allCases) func derivativesAreThoseOfTheInnovation(dynamics: ScoreDynamics) {
    for step in 1...5 {
      let above = dynamics.innovation(of: 0.5 + 1e-6, after: 0.2, step: step)
      let below = dynamics.innovation(of: 0.5 - 1e-6, after: 0.2, step: step)
      #expect(abs(log((above - below) / 2e-6) - dynamics.logDerivative(step: step)) < 1e-6)
    }
  }

  /// Rollouts of two lasting states whose innovations lie around -2 and 2, recorded as scores of the given dynamics.
  private func tree(_ dynamics: ScoreDynamics, key: String, stream: inout RandomStream) throws -> TraceTree {
    let rollouts = (0..<60).map { chain in
      var isGood = stream.uniform() < 0.5
      var value = 0.0
      var steps: [(UInt64, Double)] = []
      for step in 1...6 {
        if step > 1, stream.uniform() < 0.05 { isGood.toggle() }
        let noise = 0.8 * (stream.uniform() + stream.uniform() + stream.uniform() - 1.5)
        value = dynamics.value(after: value, innovation: (isGood ? 2 : -2) + noise, step: step)
        steps.append((UInt64(chain * 6 + step), value))
      }
      return TestRollout(steps, answer: stream.uniform() < (isGood ? 0.9 : 0.1) ? 0 : 1)
    }
    return try TestTree.make(rollouts, key: key, scale: .logit, prefixChannel: true)
  }

  @Test(arguments: ScoreDynamics.allCases) func theRecordTellsHowPrefixScoresBuildOnOneAnother(
    dynamics: ScoreDynamics
  ) throws {
    var random = stream(3)
    var prefixes = LatentTrainingSet()
    var steps = LatentTrainingSet()
    for problem in 0..<6 {
      let tree = try tree(dynamics, key: "p\(problem)", stream: &random)
      prefixes.add(tree, column: 1)
      steps.add(tree, column: 0)
    }
    let model = LatentStateModel(fittedTo: prefixes)
    #expect(model.dynamics == dynamics)
    #expect(model.mean[0] * model.spread + model.centre < -1.5)
    #expect((model.mean.last ?? 0) * model.spread + model.centre > 1.5)
    // Scores of single steps judge single steps, whatever they look like.
    #expect(LatentStateModel(fittedTo: steps).dynamics == .judgement)
  }

  /// Two chains; the second candidate at the first chain's prefix borrows the second chain's step.
  private func borrowed(_ dynamics: ScoreDynamics, scale: ScoreScale) throws -> (own: [Double], borrowed: [Double]) {
    let onScale = { (value: Double) in scale == .probability ? 1 / (1 + exp(-value)) : value }
    let tree = try TestTree.make(
      [
        TestRollout([(1, onScale(2)), (11, onScale(1)), (12, onScale(1.5))], answer: 0),
        TestRollout([(2, onScale(0)), (21, onScale(3)), (22, onScale(2))], answer: 1),
      ], scale: scale, prefixChannel: true)
    var model = LatentStateModel.trivial()
    model.dynamics = dynamics
    let scores = try PathScores(tree: tree, column: 1, aggregation: .model).following(dynamics, in: tree)
    let states = LatentStates(tree: tree, column: 1, model: model, seed: 1)
    var engine = ReplayEngine(
      tree: tree, scores: scores, continuation: DonorGroups(states: states), keepsHistory: false)
    engine.begin(stream: stream(1), replicate: 0)
    let first = try #require(tree.children(of: 0).first { tree.scores[1][$0] == onScale(2) })
    let candidates = FlatStorage(repeating: scores.start, count: 2)
    for i in 0..<2 { scores.extend(&candidates[i], to: first, score: onScale(2)) }
    var seen: [[Double]] = [[], []]
    for _ in 0..<2 {
      _ = engine.advance(candidates, count: 2)
      for i in 0..<2 { seen[i].append(candidates[i].score) }
    }
    #expect(engine.tally.coverage == Coverage(recorded: 3, borrowed: 1, shared: 0))
    return (seen[0], seen[1])
  }

  /// The scores of the borrower by hand: its own is 2; what is new in the second chain's steps is 3, 2 for judgements,
  /// 3, -1 for sums and 6, 0 for means, which become 2 + (6 - 2) / 2 and 4 + (0 - 4) / 3.
  static let borrowedScores: [(ScoreDynamics, [Double])] = [
    (.judgement, [3, 2]), (.sum, [5, 4]), (.mean, [4, 8.0 / 3]),
  ]

  @Test(arguments: borrowedScores)
  func aBorrowedStepAddsToTheCandidatesOwnScore(dynamics: ScoreDynamics, expected: [Double]) throws {
    let found = try borrowed(dynamics, scale: .logit)
    #expect(found.own == [1, 1.5])
    for (score, value) in zip(found.borrowed, expected) { #expect(abs(score - value) < 1e-12) }
    let probabilities = try borrowed(dynamics, scale: .probability)
    #expect(probabilities.own == [1, 1.5].map { 1 / (1 + exp(-$0)) })
    for (score, value) in zip(probabilities.borrowed, expected) {
      #expect(abs(score - 1 / (1 + exp(-value))) < 1e-9)
    }
  }

  @Test func withoutLoansEveryRunIsTheSame() throws {
    var random = stream(9)
    let tree = try tree(.mean, key: "p", stream: &random)
    let cell = try MethodCell(method: "pf", aggregation: .model, continuation: .matched)
    let right = try ScoreDynamics.allCases.map { dynamics in
      var model = LatentStateModel.trivial()
      model.dynamics = dynamics
      var replay = ProblemReplay(tree: tree, models: [tree.columns[1]: model])
      return try replay.evaluate(cell, budgets: [1], replicates: 200, seed: 5)[0].right
    }
    #expect(right[0] == right[1] && right[0] == right[2])
  }
}
