import Testing
import Traces

@testable import Replay

@Suite struct ContinuationTests {
  private func stream(_ seed: UInt64) -> RandomStream {
    RandomStream(.init(seed: seed, problem: "", method: "", settings: ""), budget: 0, replicate: 0)
  }

  private func engine(
    _ tree: TraceTree,
    _ policy: ContinuationPolicy = .nearest,
    neighbours: Int = 8
  ) throws -> ReplayEngine {
    let scores = try PathScores(tree: tree, column: 0, aggregation: .last)
    return ReplayEngine(
      tree: tree, scores: scores,
      continuation: DonorGroups(policy, neighbours: neighbours, tree: tree, scores: scores), keepsHistory: false)
  }

  private func place(
    _ candidates: borrowing FlatStorage<Candidate>,
    _ i: Int,
    at node: Int,
    _ engine: borrowing ReplayEngine
  ) {
    engine.scores.extend(&candidates[i], to: node, score: engine.scores.step[node])
  }

  @Test func drawsWithoutReplacementInProportionToRemainingVisits() throws {
    let tree = try TestTree.make([
      TestRollout([(1, 0.5)], answer: 0, times: 3), TestRollout([(2, 0.5)], answer: 1, times: 1),
    ])
    var pool = ContinuationPool(tree: tree)
    var stream = stream(2)
    var rareFirst = 0
    for _ in 0..<8000 {
      var drawn: [Int] = []
      for _ in 0..<4 { drawn.append(pool.drawRecorded(after: 0, stream: &stream)) }
      #expect(drawn.sorted() == [1, 1, 1, 2])
      #expect(pool.drawRecorded(after: 0, stream: &stream) == -1)
      if drawn[0] == 2 { rareFirst += 1 }
      pool.reset()
    }
    #expect(Law.agrees(Double(rareFirst) / 8000, with: 0.25, runs: 8000))
  }

  @Test func resettingRestoresTheRecordedOrder() throws {
    let tree = try TestTree.chains(20, steps: 3)
    var used = try engine(tree)
    var fresh = try engine(tree)
    let candidates = FlatStorage(repeating: used.scores.start, count: 20)
    used.begin(stream: stream(1), replicate: 0)
    for _ in 0..<3 { _ = used.advance(candidates, count: 20) }
    let first = FlatStorage(repeating: used.scores.start, count: 8)
    let second = FlatStorage(repeating: used.scores.start, count: 8)
    used.begin(stream: stream(9), replicate: 0)
    fresh.begin(stream: stream(9), replicate: 0)
    for _ in 0..<3 {
      _ = used.advance(first, count: 8)
      _ = fresh.advance(second, count: 8)
      #expect(first.prefix(8).map(\.node) == second.prefix(8).map(\.node))
    }
  }

  /// Five chains of two steps with first scores 0.1 ... 0.5.
  private func ladder() throws -> TraceTree {
    try TestTree.make(
      (1...5).map { TestRollout([(UInt64($0), Double($0) / 10), (UInt64(10 + $0), 0.9)], answer: Int32($0)) })
  }

  @Test func aLoanComesFromTheNearestUndrawnAndKeepsTheBorrowersScore() throws {
    let tree = try ladder()
    for nearest in 1...3 {
      var seen: Set<Int32> = []
      for seed in 0..<200 {
        var engine = try engine(tree, neighbours: nearest)
        engine.begin(stream: stream(UInt64(seed)), replicate: 0)
        // Two copies at the node of score 0.3: one draws its own continuation, the other borrows.
        let candidates = FlatStorage(repeating: engine.scores.start, count: 2)
        for i in 0..<2 { place(candidates, i, at: 3, engine) }
        _ = engine.advance(candidates, count: 2)
        #expect(tree.parent[Int(candidates[0].node)] == 3)
        seen.insert(tree.parent[Int(candidates[1].node)])
        #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 1, shared: 0))
      }
      // On the logit scale 0.4 is nearer to 0.3 than 0.2 is.
      #expect(seen == Set([4, 2, 5].prefix(nearest).map { Int32($0) }))
    }
  }

  @Test func ownersDrawBeforeBorrowers() throws {
    let tree = try ladder()
    for seed in 0..<50 {
      var engine = try engine(tree, neighbours: 1)
      engine.begin(stream: stream(UInt64(seed)), replicate: 0)
      let candidates = FlatStorage(repeating: engine.scores.start, count: 3)
      for (i, node) in [3, 3, 4].enumerated() { place(candidates, i, at: node, engine) }
      _ = engine.advance(candidates, count: 3)
      // The nearest donor of 0.3 would be 0.4, but its owner goes first.
      #expect(candidates.prefix(3).map { tree.parent[Int($0.node)] } == [3, 2, 4])
    }
  }

  @Test func withoutDonorsTheFutureIsShared() throws {
    let tree = try ladder()
    var engine = try engine(tree)
    engine.begin(stream: stream(4), replicate: 0)
    let candidates = FlatStorage(repeating: engine.scores.start, count: 7)
    for i in 0..<7 { place(candidates, i, at: 3, engine) }
    _ = engine.advance(candidates, count: 7)
    #expect(engine.tally.coverage == Coverage(recorded: 1, borrowed: 4, shared: 2))
    #expect(!engine.tally.isRefused)
  }

  @Test func strictRefusesAndSharedRepeats() throws {
    let tree = try ladder()
    for (policy, refused) in [(ContinuationPolicy.strict, true), (.shared, false)] {
      var engine = try engine(tree, policy)
      engine.begin(stream: stream(4), replicate: 0)
      let candidates = FlatStorage(repeating: engine.scores.start, count: 2)
      for i in 0..<2 { place(candidates, i, at: 3, engine) }
      _ = engine.advance(candidates, count: 2)
      #expect(engine.tally.isRefused == refused)
      #expect(engine.tally.coverage.shared == (refused ? 0 : 1))
    }
  }
}
