import Testing
import Traces

@testable import Replay

@Suite struct RunRecordTests {
  private func cell(_ options: [String: String] = [:], preset: String? = nil) throws -> MethodCell {
    try MethodCell(method: "pf", preset: preset, options: options, continuation: .nearest)
  }

  private func record(
    _ tree: TraceTree,
    _ cell: MethodCell,
    budget: Int = 8,
    replicate: Int = 0
  ) throws -> RunRecord {
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    return try replay.record(cell, budget: budget, replicate: replicate, seed: 1).get()
  }

  @Test(arguments: [nil, "pis", "its_hub"])
  func isTheReplicateThatIsCounted(preset: String?) throws {
    let tree = try TestTree.chains(16, steps: 5)
    let cell = try cell(preset: preset)
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    let outcome = try replay.evaluate(cell, budgets: [8], replicates: 12, seed: 1)[0]
    for replicate in 0..<12 {
      let record = try replay.record(cell, budget: 8, replicate: replicate, seed: 1).get()
      #expect(record.right == outcome.right[replicate])
      #expect(record.expected == outcome.expected[replicate])
      #expect(record.rules == outcome.rules[replicate])
    }
    // Taking notes leaves no trace.
    let again = try replay.evaluate(cell, budgets: [8], replicates: 12, seed: 1)[0]
    #expect(again.right == outcome.right)
  }

  @Test func followsTheTree() throws {
    let tree = try TestTree.chains(16, steps: 5)
    for replicate in 0..<10 {
      let record = try record(tree, cell(), replicate: replicate)
      #expect(record.generations.count == 5)
      for (step, generation) in record.generations.enumerated() {
        #expect(generation.node.allSatisfy { tree.depth[Int($0)] == step + 1 })
        #expect(generation.parent.allSatisfy { step == 0 ? $0 == -1 : (0..<8).contains($0) })
        #expect(generation.isResampled == (step > 0))
        for particle in 0..<8 {
          // With the last score alone, a particle's score is its node's, wherever the step was borrowed.
          #expect(generation.score[particle] == tree.scores[0][Int(generation.node[particle])])
        }
      }
      let lineage = record.lineage(of: 3, generation: 4)
      #expect(lineage.count == 5)
      #expect(lineage.last == 3)
    }
  }

  @Test func oneParticleHasOneLine() throws {
    let tree = try TestTree.chains(4, steps: 3)
    let record = try record(tree, cell(), budget: 1, replicate: 2)
    #expect(record.generations.map(\.parent) == [[-1], [0], [0]])
    #expect(record.generations.map(\.weight) == [[1], [1], [1]])
    #expect(
      zip(record.generations, record.generations.dropFirst()).allSatisfy { tree.parent[Int($1.node[0])] == $0.node[0] })
  }

  @Test func aLastResamplingMovesNobody() throws {
    let tree = try TestTree.chains(16, steps: 4)
    let record = try record(tree, cell(preset: "its_hub"))
    let (before, last) = (record.generations[record.generations.count - 2], record.generations[4])
    #expect(record.generations.count == 5)
    #expect(last.isResampled)
    for particle in 0..<8 { #expect(last.node[particle] == before.node[Int(last.parent[particle])]) }
    #expect(last.weight == Array(repeating: 0.125, count: 8))
  }

  @Test func withoutResamplingEachGoesItsOwnWay() throws {
    let tree = try TestTree.chains(16, steps: 4)
    let record = try record(tree, cell(["trigger": "adaptive(0)"]))
    #expect(record.generations.dropFirst().allSatisfy { $0.parent == Array(0..<8) && !$0.isResampled })
  }

  @Test(
    arguments: [
      ("pg", nil, 3, 1), ("pg", "pis", 3, 1), ("pg", "its_hub", 3, 1), ("pgas", nil, 3, 1), ("pt", nil, 3, 2),
    ] as [(String, String?, Int, Int)])
  func conditionalFilters(method: String, preset: String?, iterations: Int, chains: Int) throws {
    let tree = try TestTree.chains(40, steps: 5)
    let cell = try MethodCell(
      method: method, preset: preset, options: ["iterations": "\(iterations)"], continuation: .nearest)
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    let budget = 4 * iterations * chains
    let outcome = try replay.evaluate(cell, budgets: [budget], replicates: 8, seed: 1)[0]
    for replicate in 0..<8 {
      let record = try replay.record(cell, budget: budget, replicate: replicate, seed: 1).get()
      #expect(record.right == outcome.right[replicate])
      #expect(record.expected == outcome.expected[replicate])
      #expect(record.sweeps.map(\.iteration) == (0..<iterations * chains).map { 1 + $0 / chains })
      #expect(record.sweeps.map(\.chain) == (0..<iterations * chains).map { 1 + $0 % chains })
      #expect(
        record.sweeps.map(\.temperature)
          == (0..<iterations * chains).map { chains == 1 ? nil : 2 - Double($0 % chains) })
      for (index, sweep) in record.sweeps.enumerated() { check(sweep, index, of: record, chains: chains) }
    }
    #expect(try replay.evaluate(cell, budgets: [budget], replicates: 8, seed: 1)[0].right == outcome.right)
  }

  private func check(_ sweep: RunRecord.Sweep, _ index: Int, of record: RunRecord, chains: Int) {
    #expect(sweep.hasReference == (index >= chains))
    #expect((sweep.kept == nil) == (index == record.sweeps.count - 1))
    for (step, generation) in sweep.generations.enumerated() {
      #expect(generation.node.count == 4 && generation.parent.count == 4 && generation.weight.count == 4)
      #expect(abs(generation.weight.reduce(0, +) - 1) < 1e-9)
      #expect(generation.parent.allSatisfy { step == 0 ? $0 == -1 : (0..<4).contains($0) })
      #expect(generation.isResampled == (step > 0))
    }
    // Without swaps the reference's nodes are those of the particle that was kept.
    guard chains == 1, index > 0, let kept = record.sweeps[index - 1].kept else { return }
    let before = record.sweeps[index - 1].generations
    #expect(sweep.generations.last?.node[3] == before.last?.node[kept])
  }

  @Test func sizesByHand() {
    let weighed = RunRecord.Generation(
      node: [1, 2], parent: [-1, -1], score: [0, 0], weight: [0.75, 0.25], isResampled: false)
    #expect(weighed.effectiveSampleSize == 1.6)
    let not = RunRecord.Generation(node: [1], parent: [-1], score: [0], isResampled: false)
    #expect(not.effectiveSampleSize == nil)
  }

  @Test func otherMethodsAreRefusedByName() throws {
    let tree = try TestTree.chains(4, steps: 2)
    var replay = ProblemReplay(tree: tree, models: tree.stateModels)
    let majority = try MethodCell(method: "majority")
    let known = ["pf", "epf", "pg", "pgas", "pt", "beam", "dvts", "bestFirst", "mcts", "rebase"]
    #expect(throws: ReplayError.notRecorded(method: "majority", known: known)) {
      _ = try replay.record(majority, budget: 4, replicate: 0, seed: 1)
    }
    let absent = try replay.record(cell(), budget: 5, replicate: 0, seed: 1)
    #expect(absent == .failure(AbsentRun(absence: .tooFewStarts(recorded: 4))))
  }
}
