import Foundation
import Testing
import Traces

@testable import Replay

/// Replays of what published programs did with a stub model, drawn in the recorded order with the recorded choices:
/// `scripts/record-preset-goldens.py` makes the files.
@Suite struct PresetGoldenTests {
  static let files = [
    "its-hub", "search-and-learn", "probabilistic-inference-scaling", "compute-optimal-tts",
  ]

  struct Draw: Decodable {
    var choices: [Int32]
    var weights: [Double]
  }

  struct Golden: Decodable {
    var program: String
    var method: String
    var budget: Int
    var aggregate: String?
    var options: [String: String]
    var nodes: [Node]
    var draws: [Draw]
    var final: [Int]
    var selected: Int
  }

  struct Node: Decodable {
    var parent: Int
    var score: Double
    var answer: Int?
    var isGreedy: Bool

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      parent = try row.decode(Int.self)
      score = try row.decode(Double.self)
      answer = try row.decode(Int?.self)
      isGreedy = row.isAtEnd ? false : try row.decode(Bool.self)
    }
  }

  static func load<Content: Decodable>(_ name: String, _ type: Content.Type) throws -> Content {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try JSONDecoder().decode(
      type, from: Data(contentsOf: root.appending(path: "fixtures/presets/\(name).json")))
  }

  private func tree(_ golden: Golden) throws -> TraceTree {
    var segments = RecordedSegments(
      columns: [ScoreColumn(scorer: "stub", channel: .step)],
      recordings: [Recording(name: "golden", temperature: 0.8), Recording(name: "greedy", temperature: 0)])
    var depth: [Int32] = []
    for (index, node) in golden.nodes.enumerated() {
      let before = node.parent < 0 ? 0 : depth[node.parent]
      depth.append(before + 1)
      segments.append(
        .init(
          parent: Int32(node.parent), parentStep: before, finish: node.answer == nil ? .open : .stop,
          answerClass: Int32(node.answer ?? -1), recording: node.isGreedy ? 1 : 0),
        keys: [UInt64(index)], tokens: [1], scores: [[node.score]])
    }
    return try TraceTree(problem: Problem(key: "golden"), segments: segments)
  }

  @Test(arguments: files) func repeatsWhatTheProgramDid(file: String) throws {
    let goldens = try Self.load(file, [Golden].self)
    #expect(goldens.count >= 5)
    for (number, golden) in goldens.enumerated() { try check(golden, "\(file) \(number) \(golden.method)") }
  }

  private func check(_ golden: Golden, _ label: Comment) throws {
    let tree = try tree(golden)
    let aggregation = try #require(Aggregation(name: golden.aggregate ?? "last"))
    let cell = try MethodCell(
      method: golden.method, preset: golden.program, aggregation: aggregation, options: golden.options,
      continuation: .strict)
    let scores = try PathScores(tree: tree, column: 0, aggregation: aggregation)
    var engine = ReplayEngine(
      tree: tree, scores: scores, continuation: DonorGroups(.strict, neighbours: 1, tree: tree, scores: scores),
      keepsHistory: cell.method.keepsHistory)
    let key = RandomStream.Key(seed: 1, problem: "", method: "", settings: "")
    engine.begin(stream: RandomStream(key, budget: golden.budget, replicate: 0), replicate: 0)
    engine.pool.keepsRecordedOrder = true
    let choices = golden.draws.flatMap(\.choices)
    if !choices.isEmpty { engine.script = DrawScript(choices) }
    var workspace = Workspace()
    workspace.reserve(4 * golden.budget * golden.budget, classes: tree.classCount + 1)
    let outcome = cell.method.run(budget: golden.budget, engine: &engine, workspace: &workspace)
    #expect(!engine.tally.isRefused, label)
    #expect(engine.tally.coverage.recorded == golden.nodes.count { !$0.isGreedy }, label)
    #expect(engine.tally.coverage.missedLookAheads == 0, label)
    #expect((engine.tally.coverage.lookAheads > 0) == golden.nodes.contains { $0.isGreedy }, label)
    #expect(outcome.right == (golden.nodes[golden.selected].answer == 0 ? 1 : 0), label)
    compareWeights(golden, script: engine.script, label)
    compareFinal(golden, tree: tree, workspace: workspace, label)
  }

  private func compareWeights(_ golden: Golden, script: DrawScript?, _ label: Comment) {
    guard let script else { return }
    #expect(script.isSpent, label)
    var position = 0
    for draw in golden.draws {
      let found = script.weights[position]
      #expect(found.count == draw.weights.count, label)
      for (own, theirs) in zip(found, draw.weights) { #expect(abs(own - theirs) < 1e-9, label) }
      position += draw.choices.count
    }
  }

  private func compareFinal(
    _ golden: Golden,
    tree: TraceTree,
    workspace: borrowing Workspace,
    _ label: Comment
  ) {
    let expected = golden.final.map { golden.nodes[$0].score }
    func scores(_ candidates: [Candidate]) -> [Double] { candidates.map { tree.scores[0][Int($0.node)] } }
    switch (golden.program, golden.method) {
    case ("sal", "beam"):
      guard golden.options["sortCompleted"] == "false" else { return }
      let completed = scores(workspace.completed)
      #expect((0..<golden.budget).map { completed[$0 % min(completed.count, golden.budget)] } == expected, label)
    case ("sal", "dvts"): #expect(scores(workspace.completed).sorted() == expected.sorted(), label)
    case ("cot", _): #expect(scores(workspace.completed).sorted() == expected.sorted(), label)
    default: #expect(scores(workspace.candidates.prefix(expected.count)) == expected, label)
    }
  }

  struct Selection: Decodable {
    var answers: [String]
    var scores: [Double]
    var budget: Int
    var predictions: [String: String]
  }

  @Test func choosesWhatSearchAndLearnChose() throws {
    let goldens = try Self.load("search-and-learn-selection", [Selection].self)
    #expect(goldens.count == 60)
    for golden in goldens {
      let rollouts = golden.answers.indices.map {
        TestRollout([(UInt64($0), golden.scores[$0])], answer: Int32(golden.answers[$0]) ?? -1)
      }
      let tree = try TestTree.make(rollouts)
      for (method, prediction) in golden.predictions {
        let outcome = try tree.outcomes(method, budgets: [golden.budget], replicates: 3, preset: "sal")[0]
        #expect(outcome.right == [prediction == "0" ? 1 : 0], "\(method) \(golden)")
      }
    }
  }

  struct AdaptiveVoteGolden: Decodable {
    var answers: [String?]
    var budget: Int
    var draws: Int
    var right: Double
  }

  /// Responses in the order in which the program got them, some without an answer.
  @Test func votesAsItsHubVoted() throws {
    let goldens = try Self.load("its-hub-votes", [AdaptiveVoteGolden].self)
    #expect(goldens.count == 80)
    let cell = try MethodCell(method: "adaptiveVote", preset: "its_hub")
    for golden in goldens {
      let rollouts = golden.answers.enumerated().map {
        TestRollout([(UInt64($0), 0.5)], answer: $1.flatMap { Int32($0) } ?? -1)
      }
      let tree = try TestTree.make(rollouts)
      var replay = ProblemReplay(tree: tree)
      var engine = try replay.takeEngine(for: cell, seed: 1)
      replay.workspace.reserve(2 * golden.budget, classes: tree.classCount + 1)
      let runs = 400
      var right = 0.0
      for run in 0..<runs {
        let key = RandomStream.Key(seed: 1, problem: "", method: "", settings: "")
        engine.begin(stream: RandomStream(key, budget: golden.budget, replicate: run), replicate: run)
        for rollout in 0..<golden.budget { engine.prepared.append(Int32(rollout)) }
        right += cell.method.run(budget: golden.budget, engine: &engine, workspace: &replay.workspace).right
        #expect(engine.tally.generations == golden.draws, "\(golden)")
      }
      #expect(Law.agrees(right / Double(runs), with: golden.right, runs: runs), "\(golden)")
    }
  }

  @Test func searchAndLearnScoresByTheLastStepOnly() throws {
    do {
      _ = try MethodCell(method: "bon", preset: "sal", aggregation: .min)
      Issue.record("expected an error")
    } catch {
      #expect(error == .presetFixesAggregation(preset: "sal", method: "bon", only: "last", found: "min"))
    }
  }
}
