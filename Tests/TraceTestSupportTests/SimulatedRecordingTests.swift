import Testing
import TraceTestSupport
import Traces

@Suite struct SimulatedRecordingTests {
  @Test func chainsAreCompleteAndTheirTextsDiffer() throws {
    let recording = SimulatedModel.plain.recording(problem: 20, chains: 64, seed: 5)
    let tree = try recording.tree()
    #expect(tree.nodeCount == 641)
    #expect(tree.rollouts.count == 64)
    #expect(tree.visits.dropFirst().allSatisfy { $0 == 1 })
    #expect(tree.columns.map(\.channel) == [.step, .prefix])
    #expect(Set(recording.segments.keySteps).count == 640)
  }

  @Test func recordedAnswersHaveTheExactProbability() {
    let model = SimulatedModel.silentErrors
    let chains = 20_000
    let recording = model.recording(problem: 39, chains: chains, seed: 2)
    let right = recording.segments.answerClass.count { $0 == 0 }
    let exact = model.passAtOne(problem: 39)
    let error = (exact * (1 - exact) / Double(chains)).squareRoot()
    #expect(abs(Double(right) / Double(chains) - exact) < 4 * error)
  }

  @Test func scoresShowTheirStates() {
    var model = SimulatedModel.plain
    model.deviation = 0
    let recording = model.recording(problem: 10, chains: 20, seed: 1)
    let byState = [0.8175744761936437, 0.5, 0.23147521650098238]
    for (path, score) in zip(recording.paths, recording.segments.scoreSteps[0]) {
      #expect(abs(score - byState[path.state]) < 1e-12)
    }
  }

  @Test func continuationsStartFromTheHiddenState() {
    let stuck = SimulatedModel(
      name: "stuck", transitions: [[1, 0], [0, 1]], means: [1, -1], rightAtEnd: [1, 0], otherStarts: [0, 1],
      steps: 4...4, goodStarts: 0.5...0.5, problemCount: 1)
    var recording = stuck.recording(problem: 0, chains: 8, seed: 9)
    for chain in 0..<8 {
      let inner = recording.addContinuation(ofSegment: chain, afterStep: 2)
      let outer = recording.addContinuation(ofSegment: inner, afterStep: 3)
      #expect(recording.segments.steps(of: inner).count == 2)
      #expect(recording.segments.steps(of: outer).count == 1)
      #expect(recording.segments.answerClass[outer] == recording.segments.answerClass[chain])
      #expect(recording.path(ofSegment: outer, step: 1).state == recording.path(ofSegment: chain, step: 1).state)
      #expect(recording.path(ofSegment: outer, step: 3).last == recording.path(ofSegment: inner, step: 3).last)
    }
  }

  @Test func continuationsBecomeBranchesOfTheTree() throws {
    var recording = SimulatedModel.plain.recording(problem: 3, chains: 1, seed: 4)
    recording.addContinuation(ofSegment: 0, afterStep: 6)
    recording.addContinuation(ofSegment: 0, afterStep: 0)
    let tree = try recording.tree()
    #expect(tree.nodeCount == 1 + 10 + 4 + 10)
    #expect(tree.children(of: 0).count == 2)
    #expect(tree.rollouts.count == 2)
  }

  @Test func aRecordingIsAFunctionOfItsSeed() {
    let first = SimulatedModel.noisy.recording(problem: 1, chains: 5, seed: 7).segments
    let again = SimulatedModel.noisy.recording(problem: 1, chains: 5, seed: 7).segments
    let other = SimulatedModel.noisy.recording(problem: 1, chains: 5, seed: 8).segments
    #expect(first.scoreSteps == again.scoreSteps && first.keySteps == again.keySteps)
    #expect(first.scoreSteps != other.scoreSteps && first.keySteps != other.keySteps)
  }

  @Test func aggregatedScoresFollowTheirDefinitions() {
    let recording = SimulatedModel.plain.recording(problem: 30, chains: 1, seed: 3)
    let scores = recording.segments.scoreSteps[0]
    let path = recording.path(ofSegment: 0, step: 10)
    let product = scores.reduce(1, *)
    let expected: [(Aggregation, Double)] = [
      (.last, scores[9]), (.first, scores[0]), (.min, scores.min() ?? 0), (.max, scores.max() ?? 0),
      (.mean, scores.reduce(0, +) / 10), (.product, product),
      (.model, recording.segments.scoreSteps[1][9]),
    ]
    for (aggregation, value) in expected {
      #expect(abs((path.score(aggregation) ?? -1) - value) < 1e-12)
    }
    #expect(path.score(.window(2)) == nil)
  }
}
