import Foundation
import Testing
import TraceTestSupport
import Traces

@Suite struct SimulatedModelTests {
  private let known: [SimulatedModel] = [
    .plain, .noisy, .silentErrors, .uninformative, .silentErrorsOfManyLengths, .fiveStates,
  ]

  @Test func tablesAreLaws() {
    for model in known {
      for row in model.transitions + [model.otherStarts, model.startLaw(ofProblem: 3)] {
        #expect(row.count == model.stateCount)
        #expect(abs(row.reduce(0, +) - 1) < 1e-12)
      }
      #expect(model.rightAtEnd.count == model.stateCount)
    }
  }

  @Test func hardnessIsEvenlySpaced() {
    #expect(SimulatedModel.plain.goodStart(ofProblem: 0) == 0.02)
    #expect(abs(SimulatedModel.plain.goodStart(ofProblem: 39) - 0.6) < 1e-12)
    #expect(SimulatedModel.plain.problem(7).key == "plain/007")
  }

  @Test func passAtOneByEnumerationOfAllPaths() {
    var model = SimulatedModel.silentErrors
    model.steps = 3...3
    let start = model.startLaw(ofProblem: 5)
    var expected = 0.0
    for first in 0..<4 {
      for second in 0..<4 {
        for third in 0..<4 {
          expected +=
            start[first] * model.transitions[first][second] * model.transitions[second][third]
            * model.rightAtEnd[third]
        }
      }
    }
    #expect(abs(model.passAtOne(problem: 5) - expected) < 1e-12)
  }

  @Test func passAtOneAgreesWithTheSpecifiedModels() {
    #expect(abs(SimulatedModel.plain.passAtOne - 0.247) < 0.002)
    #expect(abs(SimulatedModel.silentErrors.passAtOne - 0.131) < 0.002)
  }

  @Test func problemsTakeTheLengthsInTurn() {
    let model = SimulatedModel.silentErrorsOfManyLengths
    #expect(model.steps(ofProblem: 0) == 6)
    #expect(model.steps(ofProblem: 14) == 20)
    #expect(model.steps(ofProblem: 15) == 6)
    let chains = model.recording(problem: 14, chains: 2, seed: 1)
    #expect(chains.segments.steps(of: 1).count == 20)
  }
}
