import Replay
import TraceStore
import Traces

/// The record of a group of recordings as worlds need it: all problems, equal prefixes apart.
struct WorldRecord: Sendable {
  private let problems: [StoredProblem]
  private let segments: [RecordedSegments]
  private let trees: [TraceTree]

  /// Loads the record of a group.
  ///
  /// - Throws: `UnacceptableData` for a name that the store does not have; `TraceTreeError` for segments that are no
  ///   tree.
  init(of store: TraceStore, group: RecordingGroup, scorers: [String]?, threads: Int) async throws {
    let all = try store.problems()
    let loaded = try store.segments(of: all, recordings: group.recordings, scorers: scorers, threads: threads)
    let recorded = all.indices.filter { loaded[$0].count > 0 }
    problems = recorded.map { all[$0] }
    segments = recorded.map { loaded[$0] }
    trees = try await parallelMap(count: recorded.count, threads: threads) { index in
      try TraceTree(
        problem: all[recorded[index]].problem, segments: loaded[recorded[index]], mergePrefixes: false)
    }.compactMap { $0 }
  }

  /// The keys of the problems.
  var keys: [String] { problems.map(\.problem.key) }

  /// The fewest draws from the prompt that one of some problems has.
  func recordedStarts(of asked: Set<ExactText>) -> Int {
    zip(keys, segments).filter { asked.contains(ExactText($0.0)) }.map { $0.1.parentStep.count { $0 == 0 } }.min() ?? 0
  }

  /// The index of the column that a cell reads.
  func column(of cell: MethodCell) throws(ReplayError) -> Int? {
    try trees.first?.column(scorer: cell.scorer, aggregation: cell.aggregation)
  }

  /// Whether a scorer has not seen all of the record: worlds are made of complete records only.
  func hasGap(column: Int) -> Bool { trees.contains { $0.hasGap(column: column) } }

  /// The column with an index.
  func description(ofColumn index: Int) -> ScoreColumn? { trees.first?.columns[index] }

  /// The worlds of a model fitted to a column; `nil` where there are too few complete rollouts to tell states apart.
  func worlds(column: Int) -> [LatentWorld]? {
    guard let description = description(ofColumn: column) else { return nil }
    let model = LatentStateModel(fitting: trees, column: column)
    guard model.stateCount > 1 else { return nil }
    return zip(problems, segments).map {
      LatentWorld(problem: $0.problem, segments: $1, column: description, model: model)
    }
  }
}
