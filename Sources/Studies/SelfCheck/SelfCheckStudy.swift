import Estimation
import Replay
import TraceStore
import Traces

/// Finds out from the record alone where a replay is not to be trusted: a model fitted to the record is taken as the
/// generator, and the replay of recordings like the real one is set beside what the method reaches online there.
public struct SelfCheckStudy: Sendable {
  let request: FidelityRequest
  let path: String
  private let observer: StudyObserver

  /// Prepares a self-check.
  ///
  /// - Parameters:
  ///   - request: What to check; its files of online runs are not read. Without methods all searches of a standard
  ///     replay, without budgets those of a standard replay.
  ///   - store: The path of the store.
  ///   - observer: Who looks on.
  public init(_ request: FidelityRequest, store: String, observer: StudyObserver = StudyObserver()) {
    self.request = request
    path = store
    self.observer = observer
  }

  /// Computes all rows, and keeps them in the store where the request says so and the store can be written.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store; `StudyError` and `ReplayError` for names and settings that
  ///   do not fit; `StudyError.nothingMeasured` where every replay was left out.
  public func run() async throws -> SelfCheckResults {
    let store = try TraceStore(path: path, mode: .readOnly)
    let plan = try SelfCheckPlan(request)
    var replays: [StudyResults] = []
    for policy in plan.policies {
      replays.append(try await ReplayStudy(plan.replay(policy), store: path, observer: observer.told { _, _ in }).run())
    }
    let count = request.modelRecordings ?? Self.recordings(problems: replays.first?.problems.count ?? 1)
    var results = SelfCheckResults(settings: try settings(plan, replays, recordings: count), notices: plan.notices)
    try await check(plan, replays, store, recordings: count, &results)
    results.isPartial = observer.isStopped()
    try results.finish(plan.policies)
    if request.saves, !results.isPartial { try save(&results) }
    return results
  }

  /// The recordings of a world that are replayed: few problems need more of them for the same error.
  static func recordings(problems: Int) -> Int { min(max(3, 640 / max(problems, 1)), 16) }

  private func check(
    _ plan: SelfCheckPlan, _ replays: [StudyResults], _ store: TraceStore, recordings: Int,
    _ results: inout SelfCheckResults
  ) async throws {
    guard let first = replays.first, !observer.isStopped() else { return }
    let groups = Dictionary(grouping: first.cells.indices) { first.cells[$0].group }
      .sorted { $0.value[0] < $1.value[0] }
    var progress = SelfCheckProgress(
      problems: first.problems.count, recordings: recordings, completed: observer.completed)
    for (position, (group, members)) in groups.enumerated() {
      let record = try await WorldRecord(
        of: store, group: group, scorers: request.replay.scorer.map { [$0] }, threads: request.replay.threads)
      let methods = members.map { first.cells[$0].method }
      for name in Set(methods.filter(\.looksAhead).map(\.descriptor.name)).sorted() {
        results.note("\(name): look-ahead reads recorded successors, which fresh draws lack: nothing is predicted")
      }
      let columns = try Dictionary(grouping: members) { try record.column(of: first.cells[$0].method) ?? -1 }
      for (index, (column, cells)) in columns.sorted(by: { $0.key < $1.key }).enumerated() {
        progress.set(part: index, of: columns.count, group: position, of: groups.count)
        if column >= 0, record.hasGap(column: column), let gapped = record.description(ofColumn: column) {
          results.note(
            "\(group.name): \(gapped.scorer) has not scored all rollouts (\(gapped.channel.rawValue) channel), so nothing "
              + "is predicted")
          continue
        }
        guard let worlds = record.worlds(column: column), let description = record.description(ofColumn: column) else {
          results.note("\(group.name): too few complete rollouts to fit a model to, so nothing can be predicted")
          continue
        }
        let keys = worlds.map(\.problem.key)
        let asked = Set(first.problems.map { ExactText($0) })
        let world = WorldStudy(
          worlds: worlds, asked: keys.indices.filter { asked.contains(ExactText(keys[$0])) }, column: description,
          budgets: first.request.budgets.values, replicates: request.replay.replicates, seed: request.replay.seed,
          threads: request.replay.threads, advanced: progress.advanced, isStopped: observer.isStopped)
        let part = SelfCheckPart(plan: plan, replays: replays, cells: cells, world: world, recordings: recordings)
        try await part.run(recorded: record.recordedStarts(of: asked), isStopped: observer.isStopped, into: &results)
      }
    }
  }

  private func settings(
    _ plan: SelfCheckPlan, _ replays: [StudyResults], recordings: Int
  ) throws -> ReplaySettings {
    ReplaySettings(
      seed: request.replay.seed, replicates: request.replay.replicates, version: ReplayStudy.version,
      store: replays.first?.settings.store ?? "",
      others: [
        .init("basis", .string("model")),
        .init("policies", .array(plan.policies.map { .string($0.name) })),
        .init("mergePrefixes", .bool(replays.first?.cells.first?.mergesPrefixes ?? true)),
        .init("where", .optional(request.replay.condition)),
        .init("budgets", .array((replays.first?.request.budgets.values ?? []).map { .integer($0) })),
        .init("modelRecordings", .integer(recordings)), .init("modelRuns", .integer(LatentWorld.onlineRuns)),
      ])
  }
}
