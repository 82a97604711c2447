import Estimation
import Replay
import TraceStore
import Traces

/// Looks at one problem of a store: its recorded tree, or one run on it.
public struct ProblemInspection: Sendable {
  private let path: String
  private let store: TraceStore
  private let stored: StoredProblem

  /// Opens a problem.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store or a problem that it does not hold.
  public init(of key: String, in path: String) throws {
    self.path = path
    store = try TraceStore(path: path, mode: .readOnly)
    stored = try store.problem(key: key)
  }

  /// The recorded tree.
  ///
  /// - Parameters:
  ///   - recording: The recording, or several joined by `+`; `nil` for the first that the problem has.
  ///   - scorer: The scorer whose scores to show; `nil` for all.
  ///   - mergesPrefixes: Whether equal steps after equal prefixes are one node.
  ///   - bounds: How much of it.
  /// - Throws: `StudyError` and `UnacceptableData` for names that the store does not have.
  public func tree(
    recording: String? = nil,
    scorer: String? = nil,
    mergesPrefixes: Bool = true,
    bounds: OutlineBounds
  ) throws -> TreeInspection {
    let known = try store.recordings().map(\.recording)
    let groups = try RecordingGroup.groups(named: recording.map { [$0] } ?? [], known: known)
    let scorers = scorer.map { [$0] }
    let record = try firstRecord(of: groups.map { .init(group: $0, mergesPrefixes: mergesPrefixes) }, scorers).record
    return TreeInspection(record: record, bounds: bounds)
  }

  /// One run: the very run that a replay with this request counts as replicate r at its budget.
  ///
  /// - Parameters:
  ///   - request: One method, at most one aggregation, one budget.
  ///   - replicate: The replicate, counted from 0.
  ///   - bounds: How much of it the text shows.
  /// - Throws: `ReplayError`, `StudyError` and `UnacceptableData` for what cannot be run.
  public func genealogy(
    _ request: ReplayRequest,
    replicate: Int,
    bounds: OutlineBounds
  ) async throws -> GenealogyInspection {
    let cells = try ReplayStudy(request, store: path).cells()
    let scorers = request.scorer.map { [$0] }
    let (position, record) = try firstRecord(of: cells.map(\.record), scorers, reader: cells.first?.method)
    let cell = cells[position]
    let budget = request.budgets.values.first ?? 1
    // What a run borrows may be matched by models that are fitted over all problems.
    let forest = try await Forest(
      of: store, group: cell.group, scorers: scorers, methods: [cell.method], mergesPrefixes: cell.mergesPrefixes,
      threads: request.threads)
    let models = try await forest.stateModels(
      for: [cell.method], seed: request.seed, threads: request.threads)
    var replay = ProblemReplay(tree: record.tree, models: models)
    switch try replay.record(cell.method, budget: budget, replicate: replicate, seed: request.seed) {
    case .failure(let absent):
      // Something is recorded: what left nothing of it is the scorer.
      let absence = record.tree.nodeCount > 1 ? absent.absence : .nothingScored
      throw InspectionError.noRun(
        problem: stored.problem.key, method: cell.method.descriptor.name, budget: budget,
        reason: absence.explanation)
    case .success(let run):
      return GenealogyInspection(
        record: record, run: run, cell: cell.row(budget: budget, scorer: request.scorer ?? record.onlyScorer),
        replicate: replicate, seed: request.seed, bounds: bounds)
    }
  }

  /// The other recordings that could have been shown, where the user named none.
  ///
  /// - Parameter shown: The recording that is shown.
  public func otherRecordings(than shown: String) throws -> [String] {
    let known = try store.recordings().map(\.recording)
    let groups = try RecordingGroup.groups(named: [], known: known)
    return try groups.filter { try $0.name != shown && !isEmpty($0) }.map(\.name)
  }

  /// The first of some records in which the problem has a rollout, as a method reads it where one is given.
  private func firstRecord(
    of records: [StudyCell.Record],
    _ scorers: [String]?,
    reader: MethodCell? = nil
  ) throws -> (position: Int, record: ProblemRecord) {
    for (position, record) in records.enumerated() where try !isEmpty(record.group) {
      let loaded = try ProblemRecord(
        stored, group: record.group, scorers: scorers, mergesPrefixes: record.mergesPrefixes, reader: reader,
        in: store)
      return (position, loaded)
    }
    throw InspectionError.noRollouts(problem: stored.problem.key, recordings: records.map(\.group.name))
  }

  private func isEmpty(_ group: RecordingGroup) throws -> Bool {
    try store.segments(of: stored, recordings: group.recordings, scorers: []).count == 0
  }
}

extension ProblemRecord {
  /// The scorer's name where the tree has one only.
  fileprivate var onlyScorer: String? {
    let names = Set(tree.columns.map(\.scorer))
    return names.count == 1 ? names.first : nil
  }
}
