import Estimation
import Foundation
import Replay
import TraceStore
import Traces

/// Replays methods on a store: problems in parallel, then one curve point for each cell and budget.
public struct ReplayStudy: Sendable {
  /// The program's version, part of every result.
  public static let version = "0.1.0"

  let request: ReplayRequest
  private let store: TraceStore
  private let content = ReplayedContent()
  private let observer: StudyObserver

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - request: What to replay.
  ///   - store: The path of the store.
  ///   - observer: Who looks on.
  /// - Throws: `UnacceptableData` for a path that is no store.
  public init(_ request: ReplayRequest, store: String, observer: StudyObserver = StudyObserver()) throws {
    self.request = request
    self.store = try TraceStore(path: store, mode: .readOnly)
    self.observer = observer
  }

  /// Computes all cells.
  ///
  /// - Throws: `UnacceptableData`, `StudyError` and `ReplayError` for names and settings that do not fit the store.
  public func run() async throws -> StudyResults {
    let problems = try problems()
    let cells = try cells()
    return try gather(cells, problems, await compute(cells, on: problems, scorers: scorers(of: cells)))
  }

  /// The problems to replay.
  func problems() throws -> [StoredProblem] {
    let problems = try store.problems(where: request.condition).filter { problem in
      request.problems.map { $0.contains(ExactText(problem.problem.key)) } ?? true
    }
    guard !problems.isEmpty else { throw StudyError.nothingToReplay(emptyText) }
    return problems
  }

  /// The cells to compute.
  func cells() throws -> [StudyCell] {
    let columns = try chosenColumns()
    var request = request
    // The store's only scorer makes the same cell, with the same random streams, whether it is named or not.
    if try onlyScorer() != nil { request.scorer = nil }
    return try StudyCells(
      request: request, recordings: try store.recordings().map(\.recording),
      hasStepScores: columns.isEmpty || columns.contains { $0.channel == .step }
    ).all()
  }

  /// The store's scorer where it has one only.
  func onlyScorer() throws -> String? {
    let names = Set(try store.scorers().map(\.column.scorer))
    return names.count == 1 ? names.first : nil
  }

  /// The scorers whose columns the cells read: the chosen one, or all without a choice or where a cell asks them all.
  func scorers(of cells: [StudyCell]) -> [String]? {
    cells.contains { $0.method.reading == .allScorers } ? nil : request.scorer.map { [$0] }
  }

  /// Computes cells, problem by problem for all cells that read the same record.
  ///
  /// - Parameter scorers: The scorers whose columns are loaded; all without.
  /// - Returns: For each cell what it came to on each problem.
  func compute(
    _ cells: [StudyCell],
    on problems: [StoredProblem],
    scorers: [String]?
  ) async throws -> [CellResults] {
    var results = Array(repeating: CellResults(), count: cells.count)
    let groups = Dictionary(grouping: cells.indices) { cells[$0].record }.sorted { $0.value[0] < $1.value[0] }
    for (position, (record, members)) in groups.enumerated() {
      let offset = position * problems.count
      let total = groups.count * problems.count
      let byProblem = try await replay(members.map { cells[$0] }, problems, record.group, scorers) {
        observer.completed(offset + $0, total)
      }
      for (member, found) in zip(members, byProblem) { results[member] = found }
    }
    return results
  }

  /// Puts the results of cells together with what they belong to.
  func gather(
    _ cells: [StudyCell],
    _ problems: [StoredProblem],
    _ results: [CellResults]
  ) throws -> StudyResults {
    try checkScores(results)
    let settings = try settings()
    let finished = zip(problems, results.first?.byProblem ?? []).filter { $0.1 != nil }.map(\.0.problem.key)
    return StudyResults(
      cells: cells, problems: problems.map(\.problem.key), results: results.map(\.byProblem),
      unscored: results.map(\.unscored),
      scorer: try chosenColumns().first?.scorer,
      allScorers: Set(try store.scorers().map { ExactText($0.column.scorer) }).sorted().map(\.text), settings: settings,
      request: request,
      unparsed: try unparsedRecordings(), biases: try store.fidelity(content: settings.store),
      predictions: try store.fidelity(content: settings.store, basis: .model),
      dataset: Self.onlyDataset(of: problems),
      storedPredictions: try StoredPredictions(store: store, scorer: try chosenColumns().first?.scorer)
        .comparisons(cells: cells, problems: Set(finished), budgets: request.budgets.values))
  }

  private static func onlyDataset(of problems: [StoredProblem]) -> String? {
    let names = Set(problems.map(\.problem.dataset))
    return names.count == 1 ? names.first ?? nil : nil
  }

  private var emptyText: String {
    request.condition.map { "no problem of \(store.path) fits --where \"\($0)\"" }
      ?? "\(store.path) holds no problems; ingest some first"
  }

  /// The columns of the scorer that the user named, or of the only one; empty where the choice is open.
  private func chosenColumns() throws -> [ScoreColumn] {
    let columns = try store.scorers().map(\.column)
    let names = Set(columns.map { ExactText($0.scorer) }).sorted().map(\.text)
    guard let name = request.scorer else { return names.count == 1 ? columns : [] }
    guard names.contains(where: name.isSameText) else {
      throw StudyError.unknownName(kind: "scorer", name: name, known: names)
    }
    return columns.filter { $0.scorer.isSameText(as: name) }
  }

  /// What cells on one record came to.
  private func replay(
    _ cells: [StudyCell],
    _ problems: [StoredProblem],
    _ group: RecordingGroup,
    _ scorers: [String]?,
    completed: @escaping @Sendable (Int) -> Void
  ) async throws -> [CellResults] {
    // Who stops early waits for no trees and models either.
    guard !observer.isStopped() else {
      return cells.map { _ in CellResults(byProblem: problems.map { _ in nil }) }
    }
    let methods = cells.map(\.method)
    let forest = try await Forest(
      of: store, group: group, scorers: scorers, methods: methods, mergesPrefixes: cells.first?.mergesPrefixes ?? true,
      threads: request.threads)
    content.note(forest.contentHash)
    let models = try await forest.stateModels(for: methods, seed: request.seed, threads: request.threads)
    let study = ProblemStudy(
      budgets: request.budgets.values, replicates: request.replicates, seed: request.seed,
      comparesPolicies: request.comparesPolicies, isStopped: observer.isStopped)
    let columns = methods.map(forest.gappedColumn)
    let results = try await parallelMap(
      count: problems.count, threads: request.threads, isStopped: observer.isStopped, completed: completed
    ) { index in
      try study.results(of: cells, columns: columns, problem: problems[index].problem.key, in: forest, models: models)
    }
    return columns.indices.map { cell in
      CellResults(
        byProblem: results.map { ($0 ?? nil)?[cell] },
        unscored: columns[cell].flatMap { forest.unscored(column: $0, problems: problems) })
    }
  }

  /// Refuses what nothing is left of; what is left out beside other numbers is said with them.
  private func checkScores(_ results: [CellResults]) throws {
    let unscored = results.compactMap(\.unscored)
    guard let first = unscored.first, results.allSatisfy(\.isOfNothing) else { return }
    let recordings = Set(unscored.flatMap(\.recordings))
    throw StudyError.nothingScored(
      scorer: first.scorer, channel: first.channel,
      recordings: Set(recordings.map { ExactText($0.recording) }).sorted().map(\.text),
      rollouts: recordings.reduce(0) { $0 + $1.share.rollouts })
  }

  private func settings() throws -> ReplaySettings {
    ReplaySettings(
      seed: request.seed, replicates: request.replicates, version: Self.version,
      store: try content.hash(of: store, threads: request.threads),
      others: [
        .init("continuation", .string(request.continuation ?? ContinuationPolicy.matched.name)),
        .init("where", .optional(request.condition)),
        .init("budgets", .array(request.budgets.values.map { .integer($0) })),
      ] + sizes)
  }

  /// The parameter counts that were given.
  private var sizes: [JSONValue.Member] {
    [("generatorParameters", request.sizes.generator), ("scorerParameters", request.sizes.scorer)].compactMap {
      name, count in count.map { .init(name, .number($0)) }
    }
  }

  /// Recordings where more than a twentieth of the rollouts has no answer that could be read.
  private func unparsedRecordings() throws -> Set<ExactText> {
    Set(try store.answerCounts().filter { $0.withoutAnswer * 20 > $0.complete }.map { ExactText($0.recording) })
  }
}
