import Testing
import Traces

@testable import Replay

@Suite struct SearchRecordTests {
  private static let cells: [(String, String?, [String: String])] = [
    ("beam", nil, [:]), ("beam", "sal", ["lookahead": "1"]), ("beam", "its_hub", [:]), ("beam", "cot", ["numSeq": "2"]),
    ("dvts", nil, [:]), ("dvts", "sal", ["lookahead": "2"]), ("bestFirst", nil, [:]), ("mcts", nil, [:]),
    ("rebase", nil, [:]),
  ]

  /// Twenty-four chains of two to four steps that share first steps, and greedy steps after some of those.
  private func tree() throws -> TraceTree {
    var stream = RandomStream(.init(seed: 5, problem: "", method: "search", settings: ""), budget: 0, replicate: 0)
    var rows = RecordedSegments(
      columns: [ScoreColumn(scorer: "prm", channel: .step)],
      recordings: [Recording(name: "a", temperature: 0.8), Recording(name: "greedy", temperature: 0)])
    for rollout in 0..<30 {
      let isGreedy = rollout >= 24
      let steps = isGreedy ? 2 : 2 + stream.below(3)
      let keys = (0..<steps).map { UInt64($0 == 0 && !isGreedy ? rollout % 12 : 100 * rollout + $0 + 100) }
      rows.append(
        .init(
          parent: isGreedy ? Int32(rollout - 24) : -1, parentStep: isGreedy ? 1 : 0,
          finish: isGreedy ? .open : .stop, answerClass: isGreedy ? -1 : Int32(stream.below(3)),
          recording: isGreedy ? 1 : 0),
        keys: keys, tokens: keys.map { _ in 5 }, scores: [keys.map { _ in stream.uniform() }])
    }
    return try TraceTree(problem: Problem(key: "p"), segments: rows)
  }

  @Test(arguments: cells.indices) func isTheReplicateThatIsCounted(index: Int) throws {
    let (method, preset, options) = Self.cells[index]
    let tree = try tree()
    let cell = try MethodCell(method: method, preset: preset, options: options, continuation: .nearest)
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    let outcome = try replay.evaluate(cell, budgets: [8], replicates: 12, seed: 1)[0]
    var draws = 0
    for replicate in 0..<12 {
      let record = try replay.record(cell, budget: 8, replicate: replicate, seed: 1).get()
      #expect(record.right == outcome.right[replicate])
      #expect(record.isSearch)
      draws += record.generations.reduce(0) { $0 + $1.node.count }
      try check(record, tree, cell)
    }
    #expect(draws == outcome.coverage.total)
    // Taking notes leaves no trace.
    let again = try replay.evaluate(cell, budgets: [8], replicates: 12, seed: 1)[0]
    #expect(again.right == outcome.right)
    #expect(again.coverage == outcome.coverage)
  }

  private func check(_ record: RunRecord, _ tree: TraceTree, _ cell: MethodCell) throws {
    for (step, generation) in record.generations.enumerated() {
      for particle in generation.node.indices {
        #expect(tree.depth[Int(generation.node[particle])] == step + 1)
        #expect(generation.score[particle] == tree.scores[0][Int(generation.node[particle])])
        let parent = Int(generation.parent[particle])
        #expect(step == 0 ? parent == -1 : record.generations[step - 1].node.indices.contains(parent))
      }
    }
    let finals = record.generations.reduce(0) { $0 + $1.finals.reduce(0, +) }
    #expect(finals > 0)
    if cell.descriptor.name == "dvts" { #expect(finals == 8) }
    #expect((record.reason != nil) == (cell.descriptor.name == "bestFirst" && record.best != nil))
    guard let best = record.best else { return }
    let node = Int(record.generations[best.generation].node[best.particle])
    #expect(record.generations[best.generation].finals[best.particle] > 0)
    // REBASE answers by votes; the best is what argmax would have said.
    let argmax = record.rules.argmax.isNaN ? record.right : record.rules.argmax
    #expect((argmax == 1) == (tree.isTerminal[node] && tree.answerClass[node] == 0))
  }

  /// N = 2, M = 2: 0.9 is kept, 0.1 is not; its two continuations end.
  @Test func beamByHand() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.9), (11, 0.7)], answer: 0), TestRollout([(1, 0.9), (12, 0.2)], answer: 1),
      TestRollout([(2, 0.1), (21, 0.99)], answer: 1),
    ])
    let cell = try MethodCell(method: "beam", options: ["width": "2"], continuation: .strict)
    var replay = ProblemReplay(tree: tree)
    for replicate in 0..<20 {
      let record = try replay.record(cell, budget: 2, replicate: replicate, seed: 1).get()
      guard record.generations.count == 2, record.generations[0].score.contains(0.1) else { continue }
      let kept = record.generations[0].score[0] == 0.9 ? 0 : 1
      #expect(record.generations[0].parent == [-1, -1])
      #expect(record.generations[0].finals == [0, 0])
      #expect(record.generations[1].parent == [Int32(kept), Int32(kept)])
      #expect(record.generations[1].finals == [1, 1])
      #expect(record.generations[1].score.sorted() == [0.2, 0.7])
      #expect(record.best.map { record.generations[$0.generation].score[$0.particle] } == 0.7)
      #expect(record.right == 1)
      return
    }
    Issue.record("no run drew both first steps")
  }

  /// M = 2: 0.9 is continued by 0.8, an end, and by 0.3. Where 0.9 was drawn once, 0.8 is then the best of all waiting;
  /// where it was drawn twice, the tokens of one rollout do not pay for its second turn.
  @Test func bestFirstSaysWhichPathAnsweredAndWhy() throws {
    let rollouts = [
      TestRollout([(1, 0.9), (11, 0.8)], answer: 0), TestRollout([(1, 0.9), (12, 0.3), (121, 0.99)], answer: 1),
      TestRollout([(2, 0.4), (21, 0.95)], answer: 1),
    ]
    let tree = try TestTree.make(rollouts)
    let cell = try MethodCell(method: "bestFirst", options: ["width": "2"], continuation: .shared)
    var replay = ProblemReplay(tree: tree)
    var reasons: Set<RunRecord.Reason?> = []
    for replicate in 0..<40 {
      let record = try replay.record(cell, budget: 2, replicate: replicate, seed: 1).get()
      reasons.insert(record.reason)
      guard let best = record.best else {
        #expect(record.right == 0)
        continue
      }
      let node = Int(record.generations[best.generation].node[best.particle])
      #expect(tree.isTerminal[node] && (tree.answerClass[node] == 0) == (record.right == 1))
      let ends = record.generations.flatMap { zip($0.node, $0.score).filter { tree.isTerminal[Int($0.0)] } }
      #expect(record.generations[best.generation].score[best.particle] == ends.map(\.1).max())
    }
    #expect(reasons.contains(.bestOfAll))
    var spent: Set<RunRecord.Reason?> = []
    for replicate in 0..<40 {
      spent.insert(try replay.record(cell, budget: 1, replicate: replicate, seed: 1).get().reason)
    }
    #expect(spent == [.bestOfAll, .budgetSpent])
    let short = try MethodCell(method: "bestFirst", options: ["width": "2", "maxSteps": "1"], continuation: .shared)
    let open = try replay.record(short, budget: 2, replicate: 0, seed: 1).get()
    #expect(open.best == nil && open.reason == nil && open.right == 0)
  }
}
