import Testing
import TraceStore
import Traces

@Suite("What sources claim")
struct SourceClaimTests {
  @Test("verdicts come with ours beside them")
  func verdicts() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    var rollouts = ["a", "b", "c", "d"].map { Build.rollout([$0]) }
    rollouts[0].sourceVerdict = true
    rollouts[1].sourceVerdict = true
    rollouts[3].sourceVerdict = false
    let answers = [Build.answer("1", right: true), Build.answer("2"), Build.answer("3"), nil]
    try store.ingest([Build.record(problem: "p", rollouts: rollouts, answers: answers)])
    let verdicts = try store.sourceVerdicts()
    #expect(verdicts.map(\.rollout) == [0, 1, 3])
    #expect(verdicts.map(\.answer) == ["1", "2", nil])
    #expect(verdicts.map(\.source) == [true, true, false])
    #expect(verdicts.map(\.own) == [true, false, false])
    #expect(verdicts.allSatisfy { $0.gold == "1" && $0.problem == "p" && $0.recording == "warm" })
  }

  @Test("predictions are kept, once for each source and value")
  func predictions() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    for (name, value) in [("a", "4"), ("b", "3"), ("c", "4")] {
      var record = Build.record(problem: "p", rollouts: [Build.rollout(["x"])])
      record.record.predictions = ["pred_maj@2": value, "level": "5"]
      try store.ingest([record], name: name)
    }
    let predictions = try store.sourcePredictions()
    #expect(
      predictions.map { "\($0.name) = \($0.value)" }.sorted()
        == ["level = 5", "level = 5", "level = 5", "pred_maj@2 = 3", "pred_maj@2 = 4", "pred_maj@2 = 4"])
    #expect(Set(predictions.map(\.origin)).count == 3)
  }

  @Test("completions come in the order of their indices, with the scores of one scorer")
  func completions() throws {
    let store = try ExampleStore.make(in: try TemporaryDirectory())
    let warm = try store.completions(of: "mul/1", recording: "warm", scorer: "prm")
    #expect(warm.map(\.index) == [0, 1, 2])
    #expect(warm.map(\.answer) == ["42", "48", "48"])
    #expect(warm.map(\.isRight) == [true, false, false])
    #expect(warm[2].scores == .init(last: 0.75, minimum: 0.25, mean: 1.375 / 3))
    #expect(warm.allSatisfy { $0.isChain && $0.finish == .stop })
    let beam = try store.completions(of: "mul/1", recording: "beam", scorer: nil)
    #expect(beam.map(\.isChain) == [true, false, false])
    #expect(beam.allSatisfy { $0.scores == nil })
    #expect(try store.completeRolloutsPerProblem() == ["warm": 3...3, "beam": 1...1])
  }
}
