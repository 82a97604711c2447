import Testing
import Traces

@testable import Replay

@Suite struct RunTraceTests {
  @Test(arguments: ["pf", "beam", "dvts"]) func aTraceIsTheSameRunWithItsDescent(method: String) throws {
    let tree = try TestTree.chains(64, steps: 5)
    let cell = try MethodCell(method: method)
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    let outcome = try replay.evaluate(cell, budgets: [16], replicates: 4, seed: 3)[0]
    for replicate in 0..<4 {
      let trace = try #require(try replay.trace(cell, budget: 16, replicate: replicate, seed: 3))
      #expect(trace.right == outcome.right[replicate])
      #expect(trace.steps[0].count == 16)
      #expect(trace.steps[0].allSatisfy { $0.ancestor == nil })
      #expect(trace.steps.dropFirst().allSatisfy { $0.allSatisfy { $0.ancestor != nil } })
      #expect(trace.ancestorsAlive(step: 0) == 16)
      let alive = trace.steps.indices.map { trace.ancestorsAlive(step: $0) }
      #expect(alive == alive.sorted(by: >))
      let size = trace.effectiveSampleSize(step: 0, scale: .probability)
      #expect(size >= 1 && size <= 16)
    }
  }

  @Test func missingContinuationsAreWhatStrictRunsLack() throws {
    // Two chains; both particles may end at one node, which then lacks one continuation.
    let tree = try TestTree.make([
      TestRollout([(1, 0.99), (11, 0.5)], answer: 0), TestRollout([(2, 0.01), (21, 0.5)], answer: 1),
    ])
    var replay = ProblemReplay(tree: tree)
    let cell = try MethodCell(method: "pf", continuation: .strict)
    let missing = try replay.missingContinuations(cell, budgets: [2], replicates: 10, seed: 1)
    #expect(missing == [MissingContinuation(node: 1, draws: 1)])
    #expect(try replay.evaluate(cell, budgets: [2], replicates: 10, seed: 1)[0].refused > 0)
    let complete = try TestTree.make([
      TestRollout([(1, 0.99), (11, 0.5)], answer: 0), TestRollout([(2, 0.01), (21, 0.5)], answer: 1),
    ])
    var single = ProblemReplay(tree: complete)
    #expect(try single.missingContinuations(cell, budgets: [1], replicates: 10, seed: 1).isEmpty)
  }

  /// The closed loop: what strict runs lack is recorded, round by round, until nothing is lacking.
  @Test func recordingWhatIsMissingEndsAfterAsManyRoundsAsSteps() throws {
    let steps = 4
    var random = RandomStream(.init(seed: 8, problem: "", method: "loop", settings: ""), budget: 0, replicate: 0)
    var segments = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)], recordings: [Recording(name: "loop")])
    var nextKey: UInt64 = 0
    func add(parent: Int32, step: Int32) {
      let length = steps - Int(step)
      let scores = (0..<length).map { _ in random.uniform() }
      segments.append(
        .init(parent: parent, parentStep: step, answerClass: scores[length - 1] > 0.5 ? 0 : 1),
        keys: (0..<length).map { nextKey + UInt64($0) }, tokens: scores.map { _ in 1 }, scores: [scores])
      nextKey += UInt64(length)
    }
    for _ in 0..<8 { add(parent: -1, step: 0) }
    let cell = try MethodCell(method: "pf", continuation: .strict)
    var rounds = 0
    while rounds < 10 {
      let tree = try TraceTree(problem: Problem(key: "loop"), segments: segments)
      var replay = ProblemReplay(tree: tree)
      let missing = try replay.missingContinuations(cell, budgets: [8], replicates: 6, seed: 1)
      if missing.isEmpty {
        let outcome = try replay.evaluate(cell, budgets: [8], replicates: 6, seed: 1)[0]
        #expect(outcome.refused == 0)
        #expect(outcome.coverage.recordedShare == 1)
        break
      }
      for want in missing {
        let source = try #require(segmentOf(want.node, tree: tree, segments: segments))
        for _ in 0..<want.draws { add(parent: Int32(source), step: tree.depth[want.node]) }
      }
      rounds += 1
    }
    #expect(rounds > 0 && rounds <= steps)
  }

  /// A segment whose path passes a node: found by the scores along the path, which are all different.
  private func segmentOf(_ node: Int, tree: TraceTree, segments: RecordedSegments) -> Int? {
    let score = tree.scores[0][node]
    return (0..<segments.count).first { segments.steps(of: $0).contains { segments.scoreSteps[0][$0] == score } }
  }
}
