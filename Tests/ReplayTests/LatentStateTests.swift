import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct LatentStateTests {
  private func stream(_ seed: UInt64) -> RandomStream {
    RandomStream(.init(seed: seed, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
  }

  /// Two well separated states that hardly move: scores around -2 and 2 on the logit scale.
  private func twoStateTree(_ chains: Int, key: String, stream: inout RandomStream) throws -> TraceTree {
    var rollouts: [TestRollout] = []
    for chain in 0..<chains {
      var isGood = stream.uniform() < 0.5
      var steps: [(UInt64, Double)] = []
      for step in 0..<6 {
        if step > 0, stream.uniform() < 0.05 { isGood.toggle() }
        let logit = (isGood ? 2.0 : -2.0) + 0.6 * (stream.uniform() + stream.uniform() + stream.uniform() - 1.5)
        steps.append((UInt64(chain * 6 + step), 1 / (1 + exp(-logit))))
      }
      rollouts.append(TestRollout(steps, answer: stream.uniform() < (isGood ? 0.9 : 0.1) ? 0 : 1))
    }
    return try TestTree.make(rollouts, key: key)
  }

  @Test func fittingFindsStatesOutcomesAndIgnoresTheOrderOfProblems() throws {
    var random = stream(3)
    let trees = try (0..<8).map { try twoStateTree(60, key: "p\($0)", stream: &random) }
    var forward = LatentTrainingSet()
    var backward = LatentTrainingSet()
    for tree in trees { forward.add(tree, column: 0) }
    for tree in trees.reversed() { backward.add(tree, column: 0) }
    let model = LatentStateModel(fittedTo: forward)
    #expect(model.mean == LatentStateModel(fittedTo: backward).mean)
    #expect(model.mean == model.mean.sorted())
    for row in 0..<model.stateCount {
      let sum = model.transition[row * model.stateCount..<(row + 1) * model.stateCount].reduce(0, +)
      #expect(abs(sum - 1) < 1e-9)
    }
    let low = model.mean[0] * model.spread + model.centre
    let high = (model.mean.last ?? 0) * model.spread + model.centre
    #expect(low < -1.4 && high > 1.4)
    #expect((model.rightProbability.last ?? 0) > 0.6)
    #expect(model.rightProbability[0] < 0.4)
  }

  /// Drawn states have the exact posterior law: all 2^3 state paths of a chain are enumerated.
  @Test func drawnStatesHaveTheirPosteriorLaw() throws {
    let model = LatentStateModel(
      stateCount: 2, mean: [-1, 1], variance: [1.2, 0.8], rightProbability: [0.2, 0.7],
      transition: [0.8, 0.2, 0.3, 0.7], start: [0.6, 0.4], startByProblem: [:], offsetByProblem: [:],
      offsetVariance: 0, centre: 0, spread: 1)
    let scores = [0.3, 0.6, 0.5]
    let tree = try TestTree.make([TestRollout(scores.enumerated().map { (UInt64($0), $1) }, answer: 0)])
    var exact = [Double](repeating: 0, count: 8)
    for path in 0..<8 {
      let states = (0..<3).map { path >> $0 & 1 }
      var probability = model.start[states[0]]
      for step in 0..<3 {
        probability *= model.density(ScoreWeights.logit(scores[step]), state: states[step])
        if step > 0 { probability *= model.transition[states[step - 1] * 2 + states[step]] }
      }
      exact[path] = probability * model.rightProbability[states[2]]
    }
    let total = exact.reduce(0, +)
    var counts = [Double](repeating: 0, count: 8)
    let seeds = 2500
    for seed in 0..<seeds {
      let states = LatentStates(tree: tree, column: 0, model: model, seed: UInt64(seed))
      for drawing in states.drawings {
        counts[Int(drawing[1]) | Int(drawing[2]) << 1 | Int(drawing[3]) << 2] += 1
      }
    }
    let draws = Double(seeds * 8)
    let statistic = (0..<8).reduce(0.0) { sum, path in
      let expected = exact[path] / total * draws
      return sum + (counts[path] - expected) * (counts[path] - expected) / expected
    }
    #expect(statistic < 24.3, "chi-square(7) exceeds its 0.999 quantile")
  }

  @Test func loansStayWithinTheState() throws {
    // Four prefixes: two of state 0 around 0.3, two of state 1 around 0.31, told apart by their second steps.
    let tree = try TestTree.make([
      TestRollout([(1, 0.30), (11, 0.1)], answer: 1), TestRollout([(2, 0.31), (21, 0.9)], answer: 0),
      TestRollout([(3, 0.32), (31, 0.1)], answer: 1), TestRollout([(4, 0.33), (41, 0.9)], answer: 0),
    ])
    let model = LatentStateModel(
      stateCount: 2, mean: [-2, 2], variance: [1, 1], rightProbability: [0.01, 0.99],
      transition: [1, 0, 0, 1], start: [0.5, 0.5], startByProblem: [:], offsetByProblem: [:], offsetVariance: 0,
      centre: 0, spread: 1)
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    let states = LatentStates(tree: tree, column: 0, model: model, seed: 1)
    #expect(states.drawings.allSatisfy { $0[1] == 0 && $0[2] == 1 && $0[3] == 0 && $0[4] == 1 })
    var engine = ReplayEngine(
      tree: tree, scores: scores, continuation: DonorGroups(states: states), keepsHistory: false)
    engine.begin(stream: stream(1), replicate: 0)
    let candidates = FlatStorage(repeating: scores.start, count: 3)
    for i in 0..<3 { scores.extend(&candidates[i], to: 1, score: 0.3) }
    _ = engine.advance(candidates, count: 3)
    // Own, then the other of state 0, then state 0 once more: nearest is the node itself.
    #expect(candidates.prefix(3).map { tree.parent[Int($0.node)] } == [1, 3, 1])
    #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 1, shared: 1))
    engine.begin(stream: stream(2), replicate: 1)
    let again = FlatStorage(repeating: scores.start, count: 2)
    for i in 0..<2 { scores.extend(&again[i], to: 1, score: 0.3) }
    _ = engine.advance(again, count: 2)
    #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 1, shared: 0))
  }

  @Test func aUsedUpDepthBorrowsFromItsNeighbours() throws {
    // One prefix of one step; deeper prefixes of the same state have continuations to lend.
    let tree = try TestTree.make([
      TestRollout([(1, 0.3), (11, 0.3), (12, 0.3), (13, 0.3), (14, 0.3)], answer: 1)
    ])
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    let states = LatentStates(tree: tree, column: 0, model: .trivial(), seed: 1)
    var engine = ReplayEngine(
      tree: tree, scores: scores, continuation: DonorGroups(states: states), keepsHistory: false)
    engine.begin(stream: stream(1), replicate: 0)
    let candidates = FlatStorage(repeating: scores.start, count: 5)
    for i in 0..<5 { scores.extend(&candidates[i], to: 1, score: 0.3) }
    _ = engine.advance(candidates, count: 5)
    // Own, then one, two and three steps deeper as far as anything is recorded, then its own depth once more.
    #expect(candidates.prefix(5).map { tree.parent[Int($0.node)] } == [1, 2, 3, 4, 1])
    #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 3, shared: 1, fromOtherDepths: 3))
    #expect(candidates.prefix(5).allSatisfy { $0.steps == 2 })
  }

  @Test func fewRolloutsGetFewStates() throws {
    var random = stream(5)
    var training = LatentTrainingSet()
    training.add(try twoStateTree(20, key: "p", stream: &random), column: 0)
    #expect(LatentStateModel(fittedTo: training).stateCount == 1)
    training.add(try twoStateTree(50, key: "q", stream: &random), column: 0)
    #expect(LatentStateModel(fittedTo: training).stateCount == 2)
    #expect(LatentStateModel(fittedTo: LatentTrainingSet()).stateCount == 1)
  }

  @Test func matchedNeedsAModel() throws {
    let tree = try TestTree.chains(4, steps: 2)
    var replay = ProblemReplay(tree: tree)
    let cell = try MethodCell(method: "pf")
    do {
      _ = try replay.evaluate(cell, budgets: [2], replicates: 1, seed: 1)
      Issue.record("expected an error")
    } catch {
      #expect(error == .noStateModel(scorer: "prm", channel: .step))
    }
  }

  @Test func openLeavesBorrowFromTheirDepth() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.5)], answer: -1, finish: .open), TestRollout([(2, 0.6), (21, 0.7)], answer: 0),
    ])
    let outcome = try tree.outcomes("pf", budgets: [2], replicates: 20, continuation: .matched)[0]
    #expect(outcome.refused == 0)
    #expect(outcome.openShare.allSatisfy { $0 == 0 })
    let shared = try tree.outcomes("pf", budgets: [2], replicates: 20, continuation: .shared)[0]
    #expect(shared.refused > 0)
  }
}
