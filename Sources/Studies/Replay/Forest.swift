import Replay
import TraceStore
import Traces

/// The trees of all problems of a store, as one group of recordings makes them.
struct Forest: Sendable {
  private let trees: [ExactText: TraceTree]
  private let keys: [ExactText]
  /// The hash of the store's content where the trees hold all of it; `nil` where some recordings or scorers are left out.
  let contentHash: String?

  /// Loads and builds the trees of all problems: also of those that a slice leaves out, since models of hidden states
  /// are fitted over all of them and a result must not depend on the slice.
  ///
  /// - Throws: `UnacceptableData` for a name that the store does not have; `TraceTreeError` for segments that are no
  ///   tree.
  init(of store: TraceStore, group: RecordingGroup, scorers: [String]?, mergesPrefixes: Bool, threads: Int) async throws
  {
    let problems = try store.problems()
    let segments = try store.segments(
      of: problems, recordings: group.recordings, scorers: scorers, threads: threads)
    let holdsAll = try Self.holdsAll(of: store, segments)
    async let hash = holdsAll ? Self.hash(of: problems, segments) : nil
    let built = try await parallelMap(count: problems.count, threads: threads) { index in
      try TraceTree(
        problem: problems[index].problem, segments: segments[index], mergePrefixes: mergesPrefixes)
    }
    keys = problems.map { ExactText($0.problem.key) }
    trees = Dictionary(uniqueKeysWithValues: zip(keys, built.compactMap { $0 }))
    contentHash = await hash
  }

  private static func holdsAll(of store: TraceStore, _ segments: [RecordedSegments]) throws -> Bool {
    guard let first = segments.first else { return false }
    return try first.recordings == store.recordings().map(\.recording)
      && first.columns == store.scorers().map(\.column)
  }

  private static func hash(of problems: [StoredProblem], _ segments: [RecordedSegments]) -> String {
    var hash = ContentHash()
    for (problem, segments) in zip(problems, segments) { hash.combine(problem.problem, segments: segments) }
    return hash.finalize()
  }

  /// The tree of a problem.
  func tree(of problem: String) -> TraceTree? { trees[ExactText(problem)] }

  /// The models of hidden states that some cells need, fitted column by column over all problems, each with the chains
  /// that problems lend one another.
  ///
  /// - Throws: `ReplayError` where a cell's scorer or channel is not recorded.
  func stateModels(
    for cells: [MethodCell], seed: UInt64, threads: Int
  ) async throws -> [ScoreColumn: LatentStateModel] {
    guard let first = keys.first.flatMap({ trees[$0] }) else { return [:] }
    let needing = cells.filter { $0.borrowsByState }
    let columns = Set(
      try needing.map { cell throws(ReplayError) in
        try first.column(scorer: cell.scorer, aggregation: cell.aggregation)
      }
    ).sorted()
    let ordered = keys.compactMap { trees[$0] }
    let fitted = try await parallelMap(count: columns.count, threads: threads) { index in
      LatentStateModel(fitting: ordered, column: columns[index])
    }
    var models: [ScoreColumn: LatentStateModel] = [:]
    for (column, model) in zip(columns, fitted.compactMap { $0 }) {
      let chains = try await parallelMap(count: ordered.count, threads: threads) { index in
        StatedSteps(tree: ordered[index], column: column, model: model, seed: seed)
      }
      models[first.columns[column]] = model.lending(chains.compactMap { $0 })
    }
    return models
  }
}

extension LatentStateModel {
  /// A model fitted to the complete rollouts of some trees.
  init(fitting trees: [TraceTree], column: Int) {
    var training = LatentTrainingSet()
    for tree in trees { training.add(tree, column: column) }
    self.init(fittedTo: training)
  }
}
