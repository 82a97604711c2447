import Estimation
import Foundation
import Testing
import Traces

@testable import Replay
@testable import Studies

@Suite struct GenealogyTests {
  private static let followed = ["pf", "epf", "pg", "pgas", "pt", "beam", "dvts", "bestFirst", "mcts", "rebase"]

  private static func generation(
    _ nodes: [Int32],
    parents: [Int32]? = nil,
    weights: [Double] = [],
    resampled: Bool = true
  ) -> RunRecord.Generation {
    RunRecord.Generation(
      node: nodes, parent: parents ?? nodes.map { _ in -1 }, score: nodes.map { _ in 0.5 }, weight: weights,
      isResampled: resampled && parents != nil)
  }

  /// Even nodes are right; nodes from 100 on are ends.
  private static func genealogy(_ generations: [RunRecord.Generation]) -> Genealogy {
    Genealogy(RunRecord(generations: generations), isRight: { $0 % 2 == 0 }, isTerminal: { $0 >= 100 })
  }

  @Test func countsByHand() {
    let genealogy = Self.genealogy([
      Self.generation([2, 3, 5], weights: [0.5, 0.25, 0.25]),
      Self.generation([4, 6, 7], parents: [0, 0, 2], weights: [0, 1, 0]),
      Self.generation([100, 101, 103], parents: [1, 1, 1]),
    ])
    let expected = [
      Genealogy.Step(
        step: 1, open: 3, effectiveSampleSize: 1 / 0.375, parents: nil, ancestors: 3, survivors: 1, right: 1,
        rightWeight: 0.5, isResampled: false),
      Genealogy.Step(
        step: 2, open: 3, effectiveSampleSize: 1, parents: 2, ancestors: 2, survivors: 1, right: 2, rightWeight: 1,
        isResampled: true),
      Genealogy.Step(
        step: 3, open: 0, effectiveSampleSize: nil, parents: 1, ancestors: 1, survivors: 3, right: 1, rightWeight: nil,
        isResampled: true),
    ]
    #expect(genealogy.steps == expected)
    #expect(genealogy.descendants == [[3, 0, 0], [0, 3, 0], [1, 1, 1]])
    #expect(genealogy.fate == .survived([.init(generation: 2, particle: 0)]))
  }

  @Test func saysHowTheLastRightParticleDied() {
    let genealogy = Self.genealogy([
      Self.generation([2, 4, 5, 8]), Self.generation([3, 7, 9, 11], parents: [0, 0, 2, 2]),
    ])
    #expect(
      genealogy.fate == .died(step: 1, particles: [0, 1, 3], losses: [.drewWrongStep, .notCopied, .notCopied]))
  }

  @Test func knowsThatNoneEverWas() {
    #expect(Self.genealogy([Self.generation([1, 3])]).fate == .never)
    #expect(Self.genealogy([]).fate == .never)
  }

  private func inspection(
    of store: String,
    _ problem: String,
    budget: Int,
    replicate: Int,
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> GenealogyInspection {
    var request = ReplayRequest()
    request.methods = ["pf"]
    request.budgets = BudgetList([budget])
    change(&request)
    return try await ProblemInspection(of: problem, in: store).genealogy(
      request, replicate: replicate, bounds: OutlineBounds())
  }

  /// Two chains of two steps: the first is right and has all the weight, the second is wrong. A made-up run copies the
  /// first, whose second copy borrows the other's end.
  @Test func text() async throws {
    let folder = try TemporaryFolder()
    let line = try WrittenProblem.line(
      "p",
      [WrittenRollout([("a", 0.75), ("a2", 1)], answer: "1"), WrittenRollout([("b", 0.25), ("b2", 0)], answer: "2")])
    let store = try folder.store([line])
    let whole = try await inspection(of: store, "p", budget: 2, replicate: 0)
    let nodes = Dictionary(uniqueKeysWithValues: zip(whole.record.texts, Int32(0)...))
    let (a, b, a2, b2) = (nodes["a"] ?? 0, nodes["b"] ?? 0, nodes["a2"] ?? 0, nodes["b2"] ?? 0)
    var run = RunRecord(generations: [
      RunRecord.Generation(
        node: [b, a], parent: [-1, -1], score: [0.25, 0.75], weight: [0.1, 0.9], isResampled: false),
      RunRecord.Generation(node: [a2, b2], parent: [1, 1], score: [1, 0], weight: [1, 0], isResampled: true),
    ])
    run.best = .init(generation: 1, particle: 0)
    run.right = 1
    run.expected = 1
    run.rules = AnswerRules(argmax: 1, sample: 1, vote: 0, weightedVote: 1)
    let shown = GenealogyInspection(
      record: whole.record, run: run, cell: whole.cell, replicate: 4, seed: 1, bounds: OutlineBounds())
    #expect(
      shown.text == """
        p
        gold answer: 1
        pf, last, scores of prm, recording r, N = 2, replicate 4, seed 1
        answer right (argmax right, sample right, vote wrong, weighted vote right), expected 1.000, best particle #0

        step  open  ESS  parents  ancestors  survivors  right  weight of right
           1     2  1.2        –          2          1      1            0.900
           2     0  1.0        1          1          2      1            1.000

        right to the end: #0

        prompt
        ├─ #1 0.750 w 0.900  a
        │  ├─ #0 1.000 w 1.000 best  a2  → 1 (class 0, right)
        │  └─ #1 0.000 w 0.000 borrowed  b2  → 2 (class 1, wrong)
        └─ #0 0.250 w 0.100  b

        """)
    #expect(
      shown.mermaid.contains("n2 --> n4[\"#35;1 0.000 w 0.000 borrowed<br/>b2<br/>→ 2 (class 1, wrong)\"]:::wrong"))
  }

  @Test func saysInWordsHowTheLastRightParticlesWereLost() async throws {
    let folder = try TemporaryFolder()
    let line = try WrittenProblem.line(
      "p",
      [WrittenRollout([("a", 0.75), ("a2", 1)], answer: "1"), WrittenRollout([("b", 0.25), ("b2", 0)], answer: "2")])
    let whole = try await inspection(of: try folder.store([line]), "p", budget: 2, replicate: 0)
    let nodes = Dictionary(uniqueKeysWithValues: zip(whole.record.texts, Int32(0)...))
    let (a, b, b2) = (nodes["a"] ?? 0, nodes["b"] ?? 0, nodes["b2"] ?? 0)
    let first = RunRecord.Generation(
      node: [a, b, a], parent: [-1, -1, -1], score: [0.75, 0.25, 0.75], weight: [0.5, 0.25, 0.25], isResampled: false)
    let last = RunRecord.Generation(node: [b2, b2, b2], parent: [2, 1, 1], score: [0, 0, 0], isResampled: true)
    let shown = GenealogyInspection(
      record: whole.record, run: RunRecord(generations: [first, last]), cell: whole.cell, replicate: 0, seed: 1,
      bounds: OutlineBounds())
    #expect(
      shown.text.contains(
        "last right at step 1: 1 particle (#0, weight 0.500) not copied by resampling; "
          + "1 particle (#2, weight 0.250) copied, but every copy drew a step after which no right answer is recorded\n"
      ))
  }

  /// The genealogy is that of the run that a replay counts: its verdicts average to the replay's accuracy.
  @Test(
    arguments: [("pf", "matched", nil), ("pf", "shared", "its_hub"), ("epf", "nearest", nil)]
      as [(String, String, String?)])
  func isTheRunThatReplayCounts(method: String, continuation: String, preset: String?) async throws {
    let folder = try TemporaryFolder()
    let store = try folder.store(try MadeUpRollouts.lines(problems: 4, rollouts: 12))
    let change = { (request: inout ReplayRequest) in
      request.methods = [method]
      request.continuation = continuation
      request.preset = preset
      request.budgets = BudgetList([8])
      request.replicates = 6
    }
    var request = ReplayRequest()
    change(&request)
    let outcomes = try await ReplayStudy(request, store: store).run().outcomes(cell: 0, budget: 0)
    for outcome in outcomes {
      var right = 0.0
      var expected = 0.0
      for replicate in 0..<6 {
        let shown = try await inspection(of: store, outcome.problem, budget: 8, replicate: replicate, change)
        right += try #require(shown.run.right)
        expected += try #require(shown.run.expected)
        try check(shown, mayLeaveDepth: continuation == "matched")
      }
      #expect(abs(right / 6 - (outcome.success ?? -1)) < 1e-12)
      #expect(abs(expected / 6 - (outcome.expected ?? -1)) < 1e-12)
    }
  }

  /// What holds for every run: weights, sizes, counts, and steps that follow the recorded tree.
  private func check(_ shown: GenealogyInspection, mayLeaveDepth: Bool = false) throws {
    let steps = shown.genealogies[0].steps
    #expect(steps.first?.ancestors == 8)
    #expect(steps.last?.survivors == 8)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.ancestors >= $1.ancestors })
    for (index, generation) in shown.run.generations.enumerated() {
      #expect(abs(generation.weight.reduce(0, +) - 1) < 1e-9)
      let size = try #require(generation.effectiveSampleSize)
      #expect(size > 1 - 1e-9 && size < 8 + 1e-9)
      for particle in generation.node.indices
      where !shown.isAtRest(.init(sweep: 0, generation: index, particle: particle)) {
        let borrowed = shown.isBorrowed(.init(sweep: 0, generation: index, particle: particle))
        let depth = Int(shown.record.tree.depth[Int(generation.node[particle])])
        // Donors of the same hidden state may stand up to three steps away once a depth has none left.
        let isOffDepth = depth != index + 1
        #expect(!isOffDepth || mayLeaveDepth)
        #expect(!borrowed || index > 0)
      }
    }
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(shown.json.utf8))["budget"] == .integer(8))
  }

  @Test(arguments: followed) func everyMethodOfStepsIsShown(method: String) async throws {
    let folder = try TemporaryFolder()
    let store = try folder.store(try MadeUpRollouts.lines(problems: 2, rollouts: 16))
    let shown = try await inspection(of: store, "p1", budget: 8, replicate: 2) { $0.methods = [method] }
    #expect(shown.run.right != nil)
    #expect(shown.text.contains("N = 8, replicate 2"))
    #expect(shown.text.contains("ancestors"))
    #expect(shown.graphviz.hasPrefix("digraph") && shown.mermaid.hasPrefix("flowchart"))
    let document = try JSONDecoder().decode(JSONValue.self, from: Data(shown.json.utf8))
    let isSeveral = ["pg", "pgas", "pt"].contains(method)
    #expect((document["sweeps"] != nil) == isSeveral)
    #expect(shown.text.contains("iteration 2") == isSeveral)
    #expect(shown.text.contains("chain 2 at T = 1.000") == (method == "pt"))
    #expect(shown.text.contains("reference") == isSeveral)
    for (genealogy, sweep) in zip(shown.genealogies, shown.run.sweeps) {
      #expect(zip(genealogy.steps, genealogy.steps.dropFirst()).allSatisfy { $0.ancestors >= $1.ancestors })
      #expect(genealogy.steps.allSatisfy { ($0.effectiveSampleSize == nil) == shown.run.isSearch })
      let finals = sweep.generations.reduce(0) { $0 + $1.finals.reduce(0, +) }
      #expect(genealogy.descendants[0].reduce(0, +) == (shown.run.isSearch ? finals : sweep.generations[0].node.count))
    }
  }

  /// 0.9 leads to a right end and is not continued; the right candidate of a search died there.
  @Test func aSearchLosesWhatItDoesNotContinue() {
    var first = Self.generation([2, 3])
    first.finals = [0, 0]
    var last = Self.generation([103], parents: [1], resampled: false)
    last.finals = [2]
    var run = RunRecord(generations: [first, last])
    run.isSearch = true
    let genealogy = Genealogy(run, isRight: { $0 % 2 == 0 }, isTerminal: { $0 >= 100 })
    #expect(genealogy.descendants == [[0, 2], [2]])
    #expect(genealogy.fate == .died(step: 1, particles: [0], losses: [.notCopied]))
    let text = GenealogyFate(genealogy, run.generations, isSearch: true).text
    #expect(text == "last right at step 1: 1 particle (#0) not continued")
  }

  @Test func refusesWhatCannotBeFollowed() async throws {
    let folder = try TemporaryFolder()
    let store = try folder.store(try MadeUpRollouts.lines(problems: 1, rollouts: 4))
    let error = await #expect(throws: ReplayError.self) {
      try await inspection(of: store, "p0", budget: 2, replicate: 0) { $0.methods = ["majority"] }
    }
    #expect(error == .notRecorded(method: "majority", known: Self.followed))
    await #expect(throws: InspectionError.self) { try await inspection(of: store, "p0", budget: 5, replicate: 0) }
  }

  @Test func aRefusedRunSaysSo() async throws {
    let folder = try TemporaryFolder()
    let line = try WrittenProblem.line(
      "p", [WrittenRollout([("a", 1), ("a2", 1)], answer: "1"), WrittenRollout([("b", 0), ("b2", 0)], answer: "2")])
    let store = try folder.store([line])
    // Both copies of "a" cannot go on: one continuation is recorded.
    let shown = try await inspection(of: store, "p", budget: 2, replicate: 0) { $0.continuation = "strict" }
    #expect(shown.run.isRefused)
    #expect(shown.text.contains("refused: a continuation was not recorded"))
    #expect(shown.json.contains("\"refused\": true"))
  }
}
