import Replay
import TraceStore
import Traces

/// The trees of all problems of a store, as one group of recordings makes them.
struct Forest: Sendable {
  private let trees: [ExactText: TraceTree]
  private let keys: [ExactText]
  /// For each column that methods read and a scorer has not filled, what is left of the problems that lack scores.
  private let scored: [Int: [ExactText: ScoredTree]]
  /// The segments of each problem; empty where every step has its scores.
  private let gappedSegments: [ExactText: RecordedSegments]
  /// The hash of the store's content where the trees hold all of it; `nil` where some recordings or scorers are left out.
  let contentHash: String?

  /// Loads and builds the trees of all problems: also of those that a slice leaves out, since models of hidden states
  /// are fitted over all of them and a result must not depend on the slice.
  ///
  /// Methods that read scores get trees without the rollouts that their scorer has not seen throughout; others, and those
  /// whose scorer has seen all, the whole trees.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - group: The recordings.
  ///   - scorers: The scorers whose columns to load; all without.
  ///   - methods: The methods that will run on the trees.
  ///   - mergesPrefixes: Whether equal steps after equal prefixes are one node.
  ///   - threads: Threads to compute on.
  /// - Throws: `UnacceptableData` for a name that the store does not have; `TraceTreeError` for segments that are no
  ///   tree.
  init(
    of store: TraceStore, group: RecordingGroup, scorers: [String]?, methods: [MethodCell], mergesPrefixes: Bool,
    threads: Int
  ) async throws {
    let problems = try store.problems()
    let segments = try store.segments(
      of: problems, recordings: group.recordings, scorers: scorers, threads: threads)
    let holdsAll = try Self.holdsAll(of: store, segments)
    async let hash = holdsAll ? Self.hash(of: problems, segments) : nil
    let built = try await parallelMap(count: problems.count, threads: threads) { index in
      try TraceTree(
        problem: problems[index].problem, segments: segments[index], mergePrefixes: mergesPrefixes)
    }
    let trees = built.compactMap { $0 }
    keys = problems.map { ExactText($0.problem.key) }
    self.trees = Dictionary(uniqueKeysWithValues: zip(keys, trees))
    let columns = Set(methods.compactMap { method in trees.first.flatMap(method.column) })
    scored = try await Self.scored(
      trees, segments, keys, columns: columns.sorted(), mergesPrefixes: mergesPrefixes, threads: threads)
    gappedSegments = scored.isEmpty ? [:] : Dictionary(uniqueKeysWithValues: zip(keys, segments))
    contentHash = await hash
  }

  private static func scored(
    _ trees: [TraceTree], _ segments: [RecordedSegments], _ keys: [ExactText], columns: [Int], mergesPrefixes: Bool,
    threads: Int
  ) async throws -> [Int: [ExactText: ScoredTree]] {
    var scored: [Int: [ExactText: ScoredTree]] = [:]
    for column in columns {
      let left = try await parallelMap(count: trees.count, threads: threads) { index in
        try ScoredTree(of: trees[index], segments: segments[index], column: column, mergesPrefixes: mergesPrefixes)
      }
      for (key, tree) in zip(keys, left) { scored[column, default: [:]][key] = tree ?? nil }
    }
    return scored.filter { !$0.value.isEmpty }
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

  /// The column that a method reads where its scorer has not seen all of the record; `nil` for methods that run on the
  /// whole trees.
  func gappedColumn(of method: MethodCell) -> Int? {
    guard !scored.isEmpty, let first = keys.first.flatMap({ trees[$0] }) else { return nil }
    return method.column(in: first).flatMap { scored[$0] == nil ? nil : $0 }
  }

  /// The tree of a problem, without the rollouts that lack scores of a column where one is named.
  func tree(of problem: String, column: Int? = nil) -> TraceTree? {
    let key = ExactText(problem)
    return column.flatMap { scored[$0]?[key]?.tree } ?? trees[key]
  }

  /// What methods that read a column do without on some problems.
  func unscored(column: Int, problems: [StoredProblem]) -> UnscoredRollouts? {
    guard let first = keys.first.flatMap({ trees[$0] }) else { return nil }
    return UnscoredRollouts(
      column: first.columns[column], recordings: first.recordings.map(\.name),
      problems: problems.compactMap { problem in
        let key = ExactText(problem.problem.key)
        guard let segments = gappedSegments[key] else { return nil }
        let recorded = segments.countsByRecording
        return (recorded, scored[column]?[key]?.leftOut(of: segments) ?? recorded.map { _ in 0 })
      })
  }

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
    let ordered = columns.map { column in keys.compactMap { tree(of: $0.text, column: column) } }
    let fitted = try await parallelMap(count: columns.count, threads: threads) { index in
      LatentStateModel(fitting: ordered[index], column: columns[index])
    }
    var models: [ScoreColumn: LatentStateModel] = [:]
    for ((column, ordered), model) in zip(zip(columns, ordered), fitted.compactMap { $0 }) {
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
