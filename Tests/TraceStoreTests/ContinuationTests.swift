import Testing
import TraceStore
import Traces

/// Rollouts that continue those of other sources and recordings.
@Suite("Continuations")
struct ContinuationTests {
  private static let later = Recording(
    name: "warm continuations", model: "tiny", temperature: 0.8, delimiter: Build.delimiter, sampling: .search)

  private func check(_ steps: [String]) -> UInt64 {
    StableHash.check(ofPrefix: steps.map { text in Array(text.utf8).withUnsafeBytes(StableHash.key) })
  }

  private func parent(_ rollout: Int, _ steps: [String], of recording: String = "warm") -> RolloutRecord.Parent {
    .init(rollout: rollout, step: steps.count, recording: recording, check: check(steps))
  }

  /// Two chains of one recording, one step after the first of them, and two steps after that one, each a source.
  ///
  /// - Parameter names: The names of the sources, whose hashes decide the order of what they hold.
  private func fill(_ store: TraceStore, _ names: [String]) throws {
    let chains = [Build.rollout(["a", "b", "c"]), Build.rollout(["d", "e", "f"])]
    try store.ingest([Build.record(problem: "p", rollouts: chains)], name: names[0])
    let first = Build.rollout(["x"], finish: .open, parent: parent(0, ["a", "b"]))
    try store.ingest([Build.record(problem: "p", rollouts: [first], recording: Self.later)], name: names[1])
    let second = Build.rollout(["y", "z"], parent: parent(0, ["a", "b", "x"], of: Self.later.name))
    try store.ingest([Build.record(problem: "p", rollouts: [second], recording: Self.later)], name: names[2])
  }

  @Test(
    "parents come first whatever the order of the sources' hashes", arguments: [["a", "b", "c"], ["c", "b", "a"]])
  func tree(names: [String]) throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try fill(store, names)
    let problem = try store.problem(key: "p")
    let tree = try store.tree(of: problem)
    #expect(tree.nodeCount == 1 + 6 + 3)
    let branch = tree.segmentEnds.map { tree.path(to: Int($0)).count }
    #expect(branch == [3, 3, 3, 5])
    // Continuations are no independent rollouts.
    #expect(tree.rollouts.count == 2)
    #expect(try store.segments(of: [problem])[0].parent == store.segments(of: problem).parent)
    let rollouts = try store.rollouts(of: problem)
    #expect(rollouts.pathTexts(to: 3) == ["a", "b", "x", "y", "z"])
    #expect(rollouts[2].record.parent?.recording == "warm")
  }

  @Test("a continuation is not taken without what it continues")
  func selection() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try fill(store, ["a", "b", "c"])
    let problem = try store.problem(key: "p")
    #expect(try store.segments(of: problem, recordings: [Self.later.name]).count == 0)
    #expect(try store.segments(of: problem, recordings: ["warm"]).count == 2)
    #expect(try store.rollouts(of: problem, recordings: [Self.later.name]).isEmpty)
  }

  @Test("what is exported and ingested again is the same tree")
  func export() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try fill(store, ["c", "b", "a"])
    var records: [GradedRecord] = []
    try store.export { record in
      records.append(
        GradedRecord(
          record: record, recording: record.recording ?? Self.later, answers: record.rollouts.map { _ in nil }))
    }
    let copy = try directory.store("copy.retrace")
    try copy.ingest(records, name: "export")
    #expect(try copy.contentHash() == store.contentHash())
  }

  @Test("a check value of other steps is refused, and so is a rollout that does not exist")
  func refusals() throws {
    let directory = try TemporaryDirectory()
    let store = try directory.store()
    try fill(store, ["a", "b", "c"])
    let before = try store.contentHash()
    let wrong = [
      parent(0, ["a", "e"]), parent(2, ["a"]), parent(0, ["a"], of: "cold"),
      RolloutRecord.Parent(rollout: 0, step: 3, recording: "warm"),
    ]
    for (index, parent) in wrong.enumerated() {
      let record = Build.record(
        problem: "p", rollouts: [Build.rollout(["n"], parent: parent)], recording: Self.later)
      #expect(throws: UnacceptableData.self) { try store.ingest([record], name: "wrong \(index)") }
    }
    #expect(try store.contentHash() == before)
  }
}
