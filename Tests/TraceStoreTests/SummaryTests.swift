import Testing
import TraceStore
import Traces

@Suite("Summary")
struct SummaryTests {
  @Test("counts a store by hand")
  func byHand() throws {
    let directory = try TemporaryDirectory()
    let summary = try ExampleStore.make(in: directory).summary()
    #expect(summary.problems == 3)
    #expect(summary.problemsWithAnswer == 3)
    #expect(summary.problemsWithTree == 1)
    #expect(summary.problemsWithSharedPrefixes == 0)
    #expect(summary.sources == ["retrace": 2])
    #expect(summary.incompleteSources.isEmpty)
    #expect(summary.rollouts == 12)
    #expect(summary.steps == 22)
    #expect(summary.complete == 10)
    #expect(summary.shareWithoutAnswer == 0.1)
    let beam = summary.recordings[0]
    let warm = summary.recordings[1]
    #expect([beam.recording.name, warm.recording.name] == ["beam", "warm"])
    #expect(beam.branches == 2)
    #expect(beam.rolloutsPerProblem == 0...0)
    #expect(warm.rolloutsPerProblem == 3...3)
    #expect(warm.right == 5)
    #expect(warm.withoutAnswer == 1)
    #expect(warm.withStepTokens == 9)
    #expect(warm.withTotalTokens == 0)
    #expect(warm.withLogProbabilities == 0)
    #expect(summary.columns.map(\.column) == [Build.stepColumn, Build.prefixColumn])
    #expect(summary.columns[0].range == 0.125...0.95)
    #expect(summary.columns[0].scores == 22)
    #expect(summary.columns[0].rolloutsByRecording == ["beam": 3, "warm": 9])
  }

  @Test("rollouts that begin alike make a tree once prefixes are merged")
  func sharedPrefixes() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try store.ingest([
      Build.record(problem: "p", rollouts: [Build.rollout(["a", "b"]), Build.rollout(["a", "c"])]),
      Build.record(problem: "q", rollouts: [Build.rollout(["a", "b"]), Build.rollout(["d", "c"])]),
    ])
    let summary = try store.summary()
    #expect(summary.problemsWithSharedPrefixes == 1)
    #expect(summary.problemsWithTree == 0)
    let merged = try store.tree(of: store.problem(key: "p"))
    #expect(merged.nodeCount == 4)
    #expect(merged.visits == [2, 2, 1, 1])
    #expect(try store.tree(of: store.problem(key: "p"), mergePrefixes: false).nodeCount == 5)
  }

  @Test("an empty store is no error")
  func empty() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    let summary = try store.summary()
    #expect(summary.rollouts == 0)
    #expect(summary.recordings.isEmpty)
    #expect(summary.columns.isEmpty)
    #expect(summary.shareWithoutAnswer == 0)
    #expect(try store.contentHash().count == 64)
    #expect(try store.problems().isEmpty)
  }
}
