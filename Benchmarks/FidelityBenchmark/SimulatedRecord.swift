import Replay
import SimulatedModels
import Traces

/// One recording of a generator whose truth is known: chains of all its problems, as a store would hold them.
struct SimulatedRecord {
  private var recordings: [SimulatedRecording] = []
  private(set) var trees: [TraceTree]
  private(set) var models: [ScoreColumn: LatentStateModel] = [:]

  /// Records independent chains.
  init(_ model: SimulatedModel, chains: Int, seed: UInt64) throws {
    recordings = (0..<model.problemCount).map { model.recording(problem: $0, chains: chains, seed: seed) }
    trees = try recordings.map { try $0.tree(mergePrefixes: false) }
  }

  /// A record that was made elsewhere.
  init(trees: [TraceTree]) { self.trees = trees }

  /// Fits the models of hidden states that policy `matched` needs.
  mutating func fit() {
    for (column, description) in trees[0].columns.enumerated() {
      var training = LatentTrainingSet()
      for tree in trees { training.add(tree, column: column) }
      let model = LatentStateModel(fittedTo: training)
      models[description] = model.lending(
        trees.map { StatedSteps(tree: $0, column: column, model: model, seed: 1) })
    }
  }

  /// Generates what strict runs of a cell miss, from the hidden states, until they miss nothing more.
  ///
  /// - Returns: Rounds that it took, and continuations that were generated.
  mutating func fill(for cell: MethodCell, budgets: [Int], replicates: Int) throws -> (rounds: Int, added: Int) {
    var rounds = 0
    var added = 0
    for problem in recordings.indices {
      var round = 0
      while case let count = try fillOnce(problem, cell, budgets, replicates), count > 0 {
        added += count
        round += 1
      }
      rounds = max(rounds, round)
    }
    return (rounds, added)
  }

  private mutating func fillOnce(
    _ problem: Int, _ cell: MethodCell, _ budgets: [Int], _ replicates: Int
  ) throws -> Int {
    var replay = ProblemReplay(tree: trees[problem])
    let missed = try replay.misses(of: [cell], budgets: budgets, replicates: replicates, seed: 1)
    let tree = trees[problem]
    var segments = [Int](repeating: -1, count: tree.nodeCount)
    for (segment, end) in tree.segmentEnds.enumerated() {
      for node in tree.path(to: Int(end)).reversed() where segments[node] < 0 { segments[node] = segment }
    }
    for miss in missed.misses {
      for _ in 0..<miss.count {
        recordings[problem].addContinuation(
          ofSegment: max(segments[miss.node], 0), afterStep: Int(tree.depth[miss.node]))
      }
    }
    if !missed.misses.isEmpty { trees[problem] = try recordings[problem].tree(mergePrefixes: false) }
    return missed.misses.reduce(0) { $0 + $1.count }
  }

  /// The mean accuracy of a cell over the problems at each budget, and the share of draws by source.
  func accuracies(_ cell: MethodCell, budgets: [Int], replicates: Int) throws -> [(accuracy: Double, Coverage)] {
    var sums = [Double](repeating: 0, count: budgets.count)
    var coverage = [Coverage](repeating: Coverage(), count: budgets.count)
    for tree in trees {
      var replay = ProblemReplay(tree: tree, models: models)
      let outcomes = try replay.evaluate(cell, budgets: budgets, replicates: replicates, seed: 1)
      for (index, outcome) in outcomes.enumerated() {
        sums[index] += outcome.right.reduce(0, +) / Double(max(outcome.runs, 1))
        coverage[index] += outcome.coverage
      }
    }
    return zip(sums, coverage).map { ($0 / Double(trees.count), $1) }
  }
}
