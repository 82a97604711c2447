import Foundation
import Testing
import Traces

@testable import Replay

@Suite struct FilterOptionTests {
  /// Three chains of two steps; with N = 3 and no resampling every run holds exactly these.
  private func chains() throws -> TraceTree {
    try TestTree.make([
      TestRollout([(1, 0.8), (11, 0.5)], answer: 0), TestRollout([(2, 0.5), (21, 0.6)], answer: 1),
      TestRollout([(3, 0.4), (31, 0.9)], answer: 2),
    ])
  }

  private func odds(_ score: Double) -> Double { score / (1 - score) }

  @Test func withoutResamplingWeightsMultiply() throws {
    let outcome = try chains().outcomes("pf", budgets: [3], replicates: 5, options: ["trigger": "adaptive(0)"])[0]
    let weights = [odds(0.8) * odds(0.5), odds(0.5) * odds(0.6), odds(0.4) * odds(0.9)]
    for expected in outcome.expected { #expect(abs(expected - weights[0] / weights.reduce(0, +)) < 1e-12) }
    #expect(outcome.coverage == Coverage(recorded: 30))
  }

  @Test func temperatureFlattensAndRewardWeighsByTheScoreItself() throws {
    let hot = try chains().outcomes(
      "pf", budgets: [3], replicates: 1, options: ["trigger": "adaptive(0)", "temperature": "2"])[0]
    let root = [odds(0.8) * odds(0.5), odds(0.5) * odds(0.6), odds(0.4) * odds(0.9)].map { $0.squareRoot() }
    #expect(abs(hot.expected[0] - root[0] / root.reduce(0, +)) < 1e-12)
    let reward = try chains().outcomes(
      "pf", budgets: [3], replicates: 1, options: ["trigger": "adaptive(0)", "weighting": "reward"])[0]
    let exponentials = [exp(1.3), exp(1.1), exp(1.3)]
    #expect(abs(reward.expected[0] - exponentials[0] / exponentials.reduce(0, +)) < 1e-12)
  }

  @Test func accumulatedWeightsSurviveResampling() throws {
    // One particle twice resampled: its weight is the product either way; with many the law differs.
    let tree = try TestTree.make(
      [
        TestRollout([(1, 0.9), (11, 0.5)], answer: 0, times: 40),
        TestRollout([(2, 0.5), (21, 0.5)], answer: 1, times: 40),
      ])
    let plain = try tree.outcomes("pf", budgets: [8], replicates: 600)[0]
    let accumulated = try tree.outcomes("pf", budgets: [8], replicates: 600, options: ["accumulate": "true"])[0]
    // After resampling by odds 9 : 1 the share of the first is 0.9; weighing by the odds again makes it 81 / 82.
    #expect(abs(Law.mean(plain.expected) - 0.88) < 0.03)
    #expect(Law.mean(accumulated.expected) > 0.95)
  }

  /// Paths of one, two and three steps, all held by every run of three without resampling.
  @Test func accumulatedWeightsAreProductsOverOwnSteps() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.8)], answer: 0), TestRollout([(2, 0.6), (21, 0.3)], answer: 1),
      TestRollout([(3, 0.7), (31, 0.6), (32, 0.9)], answer: 2),
    ])
    let own = [odds(0.8), odds(0.6) * odds(0.3), odds(0.7) * odds(0.6) * odds(0.9)]
    let accumulated = ["trigger": "adaptive(0)", "accumulate": "true"]
    for options in [accumulated, accumulated.merging(["lookAhead": "true"]) { $1 }] {
      let outcome = try tree.outcomes("pf", budgets: [3], options: options)[0]
      #expect(abs(outcome.expected[0] - own[0] / own.reduce(0, +)) < 1e-12)
    }
    // Without `accumulate` a finished particle takes part at every step with its final score.
    let carried = [pow(odds(0.8), 3), odds(0.6) * odds(0.3) * odds(0.3), own[2]]
    for lookAhead in ["false", "true"] {
      let options = ["trigger": "adaptive(0)", "lookAhead": lookAhead]
      let outcome = try tree.outcomes("pf", budgets: [3], options: options)[0]
      #expect(abs(outcome.expected[0] - carried[0] / carried.reduce(0, +)) < 1e-12)
    }
  }

  @Test func finishedParticlesCanBeKeptAside() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.01)], answer: 0), TestRollout([(2, 0.9), (21, 0.9)], answer: 1),
      TestRollout([(3, 0.9), (31, 0.9)], answer: 2),
    ])
    let aside = try tree.outcomes(
      "pf", budgets: [3], replicates: 200, options: ["resampleFinished": "false", "answer": "vote"],
      continuation: .shared)[0]
    // The finished right one stays in every run; it wins the vote only in a three-way tie.
    #expect(aside.expected.allSatisfy { $0 > 0 })
    let resampled = try tree.outcomes("pf", budgets: [3], replicates: 200, continuation: .shared)[0]
    #expect(resampled.expected.contains(0))
  }

  @Test func lookAheadCountsWhatItFindsAndMisses() throws {
    let outcome = try chains().outcomes("pf", budgets: [3], replicates: 4, options: ["lookAhead": "true"])[0]
    #expect(outcome.coverage.lookAheads == 12)
    #expect(outcome.coverage.missedLookAheads == 0)
    let open = try TestTree.make([
      TestRollout([(1, 0.5)], answer: -1, finish: .open), TestRollout([(2, 0.5), (21, 0.9)], answer: 0),
    ])
    let missed = try open.outcomes(
      "pf", budgets: [2], replicates: 4, options: ["lookAhead": "true"], continuation: .matched)[0]
    #expect(missed.coverage.missedLookAheads == 4)
  }

  /// its-hub takes one step more than it is told (goldens hold it); resampling after the last step alone does not.
  @Test func onlyThePresetTakesAnExtraStep() throws {
    let tree = try TestTree.chains(32, steps: 5)
    func draws(_ method: String, _ preset: String?, _ options: [String: String]) throws -> Int {
      let options = options.merging(["maxSteps": "2"]) { own, _ in own }
      return try tree.outcomes(method, budgets: [8], preset: preset, options: options)[0].coverage.total
    }
    for method in ["pf", "epf"] {
      #expect(try draws(method, nil, [:]) == 16)
      #expect(try draws(method, nil, ["resampleLast": "true"]) == 16)
      #expect(try draws(method, "its_hub", [:]) == 24)
    }
    #expect(try draws("pf", "pis", [:]) == 16)
    // Two filters of four; the second has a reference that draws nothing.
    #expect(try draws("pg", nil, ["iterations": "2"]) == 14)
    #expect(try draws("pg", "its_hub", ["iterations": "2"]) == 21)
    // Four candidates at first, then two kept and copied four times.
    #expect(try draws("beam", "its_hub", ["width": "2"]) == 4 + 8 + 8)
  }

  @Test func resamplingAfterTheLastStepChoosesAmongWhatIsLeft() throws {
    // One step each, with odds 3/2 and 2/3.
    let tree = try TestTree.make([TestRollout([(1, 0.6)], answer: 1), TestRollout([(2, 0.4)], answer: 0)])
    let runs = 4000
    let outcome = try tree.outcomes(
      "pf", budgets: [2], replicates: runs,
      options: ["maxSteps": "1", "resampleLast": "true", "resampling": "multinomial"])[0]
    // The right one has the lower score, so it answers only where both copies are its own.
    let share = 4.0 / 13
    #expect(Law.agrees(Law.mean(outcome.right), with: share * share, runs: runs))
    #expect(outcome.expected.allSatisfy { abs($0 - share) < 1e-12 })
  }

  @Test func scheduleValues() {
    let linear = TemperatureSchedule.linear(from: 3, to: 1, steps: 5)
    #expect(linear.temperature(step: 1) == 2.5)
    #expect(linear.temperature(step: 4) == 1)
    #expect(linear.temperature(step: 9) == 1)
    let concentrated = FlatStorage([0.97, 0.01, 0.01, 0.01])
    let squares = 0.97 * 0.97 + 3 * 0.0001
    let ratio = 1 / squares / 4
    let ess = TemperatureSchedule.effectiveSampleSize.temperature(
      probabilities: concentrated, count: 4, progress: 0.1)
    #expect(abs(ess - 0.9 / ratio) < 1e-12)
    let entropy = -(0.97 * log(0.97) + 3 * 0.01 * log(0.01)) / log(4)
    let byEntropy = TemperatureSchedule.entropy.temperature(probabilities: concentrated, count: 4, progress: 0.1)
    #expect(abs(byEntropy - 1 / (entropy + (1 - entropy) * 0.1)) < 1e-12)
    #expect(TemperatureSchedule.base.temperature(probabilities: concentrated, count: 4, progress: 0.1) == 1.9)
    #expect(TemperatureSchedule.base.temperature(probabilities: concentrated, count: 4, progress: 0.5) == 1)
    #expect(TemperatureSchedule.base.temperature(probabilities: concentrated, count: 1, progress: 0.1) == 1)
    let even = FlatStorage([0.25, 0.25, 0.25, 0.25])
    #expect(TemperatureSchedule.effectiveSampleSize.temperature(probabilities: even, count: 4, progress: 0) == 1)
  }

  @Test(arguments: [ScoreScale.logit, .unbounded]) func otherScalesWeighByTheScore(scale: ScoreScale) throws {
    let tree = try TestTree.make(
      [TestRollout([(1, 1.5), (11, -2)], answer: 0), TestRollout([(2, 0), (21, 1)], answer: 1)], scale: scale)
    let outcome = try tree.outcomes("pf", budgets: [2], replicates: 1, options: ["trigger": "adaptive(0)"])[0]
    #expect(abs(outcome.expected[0] - exp(-0.5) / (exp(-0.5) + exp(1))) < 1e-12)
  }
}
