import Testing
import TraceTestSupport
import Traces

/// Two states whose scores are exact, so that every method's law can be written down.
private func exactModel(steps: Int) -> SimulatedModel {
  SimulatedModel(
    name: "exact", transitions: [[0.7, 0.3], [0.2, 0.8]], means: [1, -1], rightAtEnd: [0.9, 0.1],
    otherStarts: [0, 1], deviation: 0, steps: steps...steps, goodStarts: 0.4...0.4, problemCount: 1)
}

/// P(right) when the better of two independent draws of the last state counts.
private func betterOfTwo(_ first: Double, _ second: Double) -> Double {
  let good = 1 - (1 - first) * (1 - second)
  return good * 0.9 + (1 - good) * 0.1
}

@Suite struct OnlineTruthTests {
  private func difference(_ search: OnlineSearch, _ model: SimulatedModel, budget: Int, exact: Double) throws -> Double
  {
    let truth = try OnlineTruth(search, model: model, budget: budget, replicates: 20_000)
    return abs(truth.accuracy - exact) / truth.standardError
  }

  @Test func oneParticleIsPlainSampling() throws {
    let model = exactModel(steps: 4)
    #expect(try difference(.pf, model, budget: 1, exact: model.passAtOne) < 4)
  }

  @Test func twoParticlesOverTwoStepsFollowTheEnumeratedLaw() throws {
    // One good and one bad start: systematic resampling keeps two copies of the good one with probability 2 w - 1,
    // where w is its normalised odds e / (e + 1/e), and one of each otherwise.
    let weight = 1 / (1 + 0.1353352832366127)
    let both = betterOfTwo(0.7, 0.7)
    let neither = betterOfTwo(0.2, 0.2)
    let mixed = (2 * weight - 1) * both + (2 - 2 * weight) * betterOfTwo(0.7, 0.2)
    let exact = 0.16 * both + 0.36 * neither + 0.48 * mixed
    #expect(try difference(.pf, exactModel(steps: 2), budget: 2, exact: exact) < 4)
  }

  @Test func aSingleBeamKeepsTheBestOfFour() throws {
    let best = 1 - 0.6 * 0.6 * 0.6 * 0.6
    func last(_ good: Double) -> Double {
      let none = (1 - good) * (1 - good) * (1 - good) * (1 - good)
      return (1 - none) * 0.9 + none * 0.1
    }
    let exact = best * last(0.7) + (1 - best) * last(0.2)
    #expect(try difference(.beam, exactModel(steps: 2), budget: 4, exact: exact) < 4)
    #expect(try difference(.dvts, exactModel(steps: 2), budget: 4, exact: exact) < 4)
  }

  @Test func anUninformativeScoreSelectsNothing() throws {
    let model = SimulatedModel.uninformative
    let truth = try OnlineTruth(.pf, model: model, budget: 8, replicates: 100)
    #expect(abs(truth.accuracy - model.passAtOne) < 4 * truth.standardError)
  }

  @Test(arguments: [
    (SimulatedModel.plain, 8, 0.932), (SimulatedModel.noisy, 16, 0.910), (SimulatedModel.silentErrors, 16, 0.535),
  ])
  func particleFilterReachesTheKnownAccuracies(model: SimulatedModel, budget: Int, known: Double) throws {
    // Reference runs to 0.2 points by an independent program.
    let truth = try OnlineTruth(.pf, model: model, budget: budget, replicates: 40)
    #expect(abs(truth.accuracy - known) < 4 * truth.standardError + 0.004)
  }

  @Test func aTruthIsAFunctionOfItsSeed() throws {
    let model = exactModel(steps: 3)
    let first = try OnlineTruth(.pf, model: model, budget: 4, replicates: 50, seed: 3)
    #expect(try OnlineTruth(.pf, model: model, budget: 4, replicates: 50, seed: 3).accuracies == first.accuracies)
    #expect(first.standardError > 0)
  }

  @Test func whatCannotBeSimulatedIsRefused() {
    let model = exactModel(steps: 3)
    #expect(throws: SimulationError.aggregationNotFollowed("window(2)")) {
      try OnlineTruth(.pf, model: model, budget: 4, aggregation: .window(2), replicates: 1)
    }
    #expect(throws: SimulationError.budgetNotAMultiple(budget: 6, width: 4)) {
      try OnlineTruth(.beam, model: model, budget: 6, replicates: 1)
    }
  }
}
