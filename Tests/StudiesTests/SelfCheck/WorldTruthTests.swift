import Testing
import TraceTestSupport
import Traces

@testable import Replay

/// The fitted world's online runs against runs written apart from the replay engine.
@Suite struct WorldTruthTests {
  /// Model A itself as a fitted model, all problems starting alike.
  private func model(_ simulated: SimulatedModel, problem: Int) -> LatentStateModel {
    LatentStateModel(
      stateCount: simulated.stateCount, mean: simulated.means,
      variance: simulated.means.map { _ in simulated.deviation * simulated.deviation },
      rightProbability: simulated.rightAtEnd, transition: simulated.transitions.flatMap { $0 },
      start: simulated.startLaw(ofProblem: problem), startByProblem: [:], offsetByProblem: [:], offsetVariance: 0,
      centre: 0, spread: 1)
  }

  @Test(arguments: [OnlineSearch.pf, .beam, .dvts])
  func onlineAccuracyIsThatOfTheGenerator(search: OnlineSearch) throws {
    var simulated = SimulatedModel.silentErrors
    simulated.problemCount = 12
    let truth = try OnlineTruth(search, model: simulated, budget: 8, replicates: 800)
    let cell = try MethodCell(method: search.rawValue, scorer: SimulatedRecording.scorer)
    var found = 0.0
    for problem in 0..<simulated.problemCount {
      let record = simulated.recording(problem: problem, chains: 16, seed: 1)
      let world = LatentWorld(
        problem: simulated.problem(problem), segments: record.segments,
        column: ScoreColumn(scorer: SimulatedRecording.scorer, channel: .step),
        model: model(simulated, problem: problem))
      let accuracies = try (0..<4).map {
        try world.onlineAccuracies(of: [cell], budgets: [8], seed: UInt64(100 * $0))[0][0] ?? .nan
      }
      found += accuracies.reduce(0, +) / 4
    }
    // 4,608 runs against 9,600: a standard error of 0.9 points, a little more for the shared generators.
    #expect(abs(found / 12 - truth.accuracy) < 0.035)
  }
}
