import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct LatentWorldTests {
  private let model = LatentStateModel(
    stateCount: 2, mean: [-1, 1], variance: [0.5, 0.5], rightProbability: [0.2, 0.7],
    transition: [0.8, 0.2, 0.3, 0.7], start: [0.6, 0.4], startByProblem: [:], offsetByProblem: ["p": 0.25],
    offsetVariance: 0, centre: 0.5, spread: 2)
  private let column = ScoreColumn(scorer: "prm", channel: .step)

  /// Chains of given lengths, all wrong with class 2, and one continuation of the first after its first step.
  private func shape(_ lengths: [Int], branch: Int = 0) -> RecordedSegments {
    var segments = RecordedSegments(columns: [column], recordings: [Recording(name: "r")])
    for length in lengths {
      segments.append(
        .init(answerClass: 2), keys: (0..<length).map { UInt64($0) },
        scores: [[Double](repeating: 0.5, count: length)])
    }
    if branch > 0 {
      segments.append(
        .init(parent: 0, parentStep: 1, finish: .open), keys: (0..<branch).map { UInt64(100 + $0) },
        scores: [[Double](repeating: 0.5, count: branch)])
    }
    return segments
  }

  private func world(_ segments: RecordedSegments, _ change: (inout LatentStateModel) -> Void = { _ in }) -> LatentWorld
  {
    var model = model
    change(&model)
    return LatentWorld(problem: Problem(key: "p"), segments: segments, column: column, model: model)
  }

  private func statistic(_ counts: [Double], _ law: [Double]) -> Double {
    let total = counts.reduce(0, +)
    return zip(counts, law).reduce(0) { $0 + ($1.0 - total * $1.1) * ($1.0 - total * $1.1) / (total * $1.1) }
  }

  /// Two hidden states, two steps, two verdicts: with well separated scores the signs of the scores are the states.
  @Test func recordingsFollowTheLaw() throws {
    let world = world(shape([Int](repeating: 2, count: 4000))) { $0.variance = [0.01, 0.01] }
    var counts = [Double](repeating: 0, count: 8)
    for number in 0..<3 {
      let tree = try world.recording(number, seed: 9)
      for end in tree.rollouts {
        let signs = tree.path(to: Int(end)).map { tree.scores[0][$0] > 0.73 ? 1 : 0 }
        counts[signs[0] << 2 | signs[1] << 1 | (tree.answerClass[Int(end)] == 0 ? 1 : 0)] += 1
      }
    }
    let law = (0..<8).map { index in
      let (first, second) = (index >> 2, index >> 1 & 1)
      let right = model.rightProbability[second]
      return model.start[first] * model.transition[first * 2 + second] * (index & 1 == 1 ? right : 1 - right)
    }
    #expect(statistic(counts, law) < 24.3, "chi-square(7) exceeds its 0.999 quantile")
  }

  @Test func scoresHaveTheirMomentsAndTheProblemsOffset() throws {
    let world = world(shape([Int](repeating: 1, count: 6000))) { $0.start = [0, 1] }
    let tree = try world.recording(0, seed: 2)
    let values = tree.rollouts.map { PathScores.latentKey(tree.scores[0][Int($0)], scale: .probability) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    // 0.5 + 2 (1 + 0.25), and 4 x 0.5; the errors of 6,000 draws are 0.018 and 0.037.
    #expect(abs(mean - 3) < 0.07)
    #expect(abs(variance - 2) < 0.15)
  }

  @Test func recordingsKeepSizeAndShape() throws {
    let segments = shape([3, 2, 4], branch: 2)
    let original = try TraceTree(problem: Problem(key: "p"), segments: segments, mergePrefixes: false)
    let drawn = try world(segments).recording(0, seed: 1)
    #expect(drawn.parent == original.parent && drawn.visits == original.visits)
    #expect(drawn.isTerminal == original.isTerminal && drawn.segmentEnds == original.segmentEnds)
    // Wrong answers are those that were recorded, open ends have none.
    #expect(drawn.rollouts.allSatisfy { [0, 2].contains(drawn.answerClass[Int($0)]) })
    #expect(drawn.answerClass[Int(drawn.segmentEnds[3])] == -1)
    #expect(drawn.scores[0].dropFirst().allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func prefixScoresBuildOnOneAnother() throws {
    let world = world(shape([Int](repeating: 5, count: 800))) { $0.dynamics = .mean }
    let tree = try world.recording(0, seed: 1)
    var training = LatentTrainingSet()
    training.add(tree, column: 0)
    let innovations = training.innovations(.mean).training.blocks[0].values
    let mean = innovations.reduce(0, +) / Double(innovations.count)
    let levels = training.blocks[0].values
    let spread = { (values: [Double]) in values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count) }
    // What is new has the variance of a score of the state model; running means have less.
    #expect(abs(spread(innovations) - (2 + 4 * 0.24 * 4)) < 0.5)
    #expect(spread(levels) < 0.8 * spread(innovations))
  }

  /// A run on a generator is an online run: N = 1 ends as the forward recursion says, lengths as they were recorded.
  @Test func singleRunsOnAGeneratorEndAsTheLawSays() throws {
    let world = world(shape([1, 2, 3, 3]))
    #expect(world.endings == [0.25, 1.0 / 3, 1])
    var law = model.start
    var expected = 0.0
    for share in [0.25, 0.25, 0.5] {
      expected += share * zip(law, model.rightProbability).reduce(0) { $0 + $1.0 * $1.1 }
      law = (0..<2).map { next in (0..<2).reduce(0) { $0 + law[$1] * model.transition[$1 * 2 + next] } }
    }
    let cell = try MethodCell(method: "pf", scorer: "prm")
    let found = try (1...20).map {
      try world.onlineAccuracies(of: [cell], budgets: [1], seed: UInt64(1000 * $0))[0][0] ?? .nan
    }
    // 1,920 runs: a standard error of 0.011.
    #expect(abs(found.reduce(0, +) / 20 - expected) < 0.045)
  }

  @Test func nothingIsRepeatedOnAGenerator() throws {
    let world = world(shape([6, 6, 6, 8]))
    let generator = try LatentGenerator(world, draws: LatentWorld.draws(for: 64), number: 0, seed: 1)
    var replay = ProblemReplay(generator: generator, column: column, model: model)
    for method in ["pf", "beam", "dvts"] {
      let outcome = try replay.evaluate(
        MethodCell(method: method, scorer: "prm"), budgets: [64], replicates: 8, seed: 1)[0]
      #expect(outcome.coverage.shared == 0 && outcome.coverage.fromOtherDepths == 0)
      #expect(outcome.coverage.total > 8 * 64)
    }
  }

  @Test func eachBudgetIsByItself() throws {
    let world = world(shape([4, 4, 5]))
    let cells = try ["pf", "beam"].map { try MethodCell(method: $0, scorer: "prm") }
    let both = try world.onlineAccuracies(of: cells, budgets: [4, 8, 128], seed: 3)
    #expect(try world.onlineAccuracies(of: [cells[1]], budgets: [8], seed: 3) == [[both[1][1]]])
    #expect(try world.onlineAccuracies(of: [cells[0]], budgets: [128], seed: 3) == [[both[0][2]]])
    let looking = try MethodCell(method: "pf", scorer: "prm", options: ["lookAhead": "true"])
    #expect(try world.onlineAccuracies(of: [looking], budgets: [4], seed: 3) == [[nil]])
  }
}
