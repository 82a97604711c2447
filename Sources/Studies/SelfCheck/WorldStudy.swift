import Replay
import Traces

/// Replays in the world of a model fitted to one column of a record: online, and from recordings like the real one.
struct WorldStudy: Sendable {
  /// The worlds of all problems of the record: models are fitted over all of them.
  let worlds: [LatentWorld]
  /// The indices of the worlds whose problems are asked for.
  let asked: [Int]
  let column: ScoreColumn
  let budgets: [Int]
  let replicates: Int
  let seed: UInt64
  let threads: Int
  /// Told that one problem more is done.
  let advanced: @Sendable (Int) -> Void
  let isStopped: @Sendable () -> Bool

  /// The online accuracies of cells, by problem asked for, cell and budget; `nil` for problems that were not begun.
  func online(_ cells: [MethodCell]) async throws -> [[[Double?]]?] {
    try await parallelMap(count: asked.count, threads: threads, isStopped: isStopped) { index in
      defer { advanced(1) }
      return try worlds[asked[index]].onlineAccuracies(of: cells, budgets: budgets, seed: seed)
    }
  }

  /// Replays recordings of the worlds: draws each, fits a model to it as a replay would, and runs all cells.
  ///
  /// - Parameters:
  ///   - cells: The cells, those of all policies.
  ///   - numbers: Which recordings.
  /// - Returns: For each recording what `online` returns for the world.
  func replayed(_ cells: [MethodCell], recordings numbers: [Int]) async throws -> [[[[Double?]]?]] {
    let count = worlds.count
    let trees = try await parallelMap(count: numbers.count * count, threads: threads, isStopped: isStopped) { index in
      try worlds[index % count].recording(numbers[index / count], seed: seed)
    }
    guard !trees.contains(where: { $0 == nil }) else { return [] }
    let forest = trees.compactMap { $0 }
    let models = try await parallelMap(count: numbers.count, threads: threads, isStopped: isStopped) { index in
      let trees = Array(forest[index * count..<(index + 1) * count])
      let model = LatentStateModel(fitting: trees, column: 0)
      return model.lending(trees.map { StatedSteps(tree: $0, column: 0, model: model, seed: seed) })
    }
    let found = try await parallelMap(
      count: numbers.count * asked.count, threads: threads, isStopped: isStopped
    ) { index in
      defer { advanced(1) }
      let recording = index / asked.count
      let tree = forest[recording * count + asked[index % asked.count]]
      return try accuracies(of: cells, on: tree, model: models[recording])
    }
    return numbers.indices.map { Array(found[$0 * asked.count..<($0 + 1) * asked.count]) }
  }

  private func accuracies(
    of cells: [MethodCell], on tree: TraceTree, model: LatentStateModel?
  ) throws -> [[Double?]] {
    var replay = ProblemReplay(tree: tree, models: model.map { [column: $0] } ?? [:])
    var accuracies: [[Double?]] = []
    for cell in cells {
      let outcomes = try replay.evaluate(cell, budgets: budgets, replicates: replicates, seed: seed)
      accuracies.append(outcomes.map(\.accuracy))
    }
    return accuracies
  }
}

extension BudgetOutcome {
  /// The share of right answers; `nil` where no run counts.
  fileprivate var accuracy: Double? { runs == 0 ? nil : right.reduce(0, +) / Double(runs) }
}
