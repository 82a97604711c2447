import Estimation
import Replay
import TraceStore
import Traces

/// Replays what was run online, under every continuation policy, and measures how far each replay is from the truth.
public struct FidelityStudy: Sendable {
  let request: FidelityRequest
  let path: String
  private let observer: StudyObserver

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - request: What to compare.
  ///   - store: The path of the store.
  ///   - observer: Who looks on.
  public init(_ request: FidelityRequest, store: String, observer: StudyObserver = StudyObserver()) {
    self.request = request
    path = store
    self.observer = observer
  }

  /// Computes all rows, and keeps them in the store where the request says so and the store can be written.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store, files that cannot be read, methods that are not known and
  ///   problems that the store lacks; `StudyError` and `ReplayError` for names and settings that do not fit;
  ///   `StudyError.nothingMeasured` where every replay was left out.
  public func run() async throws -> FidelityResults {
    let store = try TraceStore(path: path, mode: .readOnly)
    let keys = try store.problems(where: request.replay.condition).map(\.problem.key)
    let all = request.replay.condition == nil ? keys : try store.problems().map(\.problem.key)
    let online = try OnlineRecord(
      reading: request.onlineFiles, problems: Set(all.map { ExactText($0) }), isStopped: observer.isStopped)
    let plan = try FidelityPlan(request, online: online, problems: Set(keys.map { ExactText($0) }), store: store)
    var results = FidelityResults(
      settings: try settings(online, plan, store), notices: plan.notices, mergesPrefixes: plan.mergesPrefixes)
    for (index, part) in plan.parts.enumerated() {
      guard !observer.isStopped() else { break }
      let study = try ReplayStudy(
        part.request, store: path,
        observer: observer.told { [observer] in observer.completed(index * $1 + $0, plan.parts.count * $1) })
      results.add(try await study.run(), of: part, online: online, recorded: plan.recorded)
      observer.completed(index + 1, plan.parts.count)
    }
    results.isPartial = observer.isStopped()
    try results.finish(plan.policies)
    if request.saves, !results.isPartial { try save(&results, online: online.files) }
    return results
  }

  private func settings(_ online: OnlineRecord, _ plan: FidelityPlan, _ store: TraceStore) throws -> ReplaySettings {
    ReplaySettings(
      seed: request.replay.seed, replicates: request.replay.replicates, version: ReplayStudy.version,
      store: try store.contentHash(threads: request.replay.threads),
      others: [
        .init("policies", .array(plan.policies.map { .string($0.name) })),
        .init("mergePrefixes", .bool(plan.mergesPrefixes)),
        .init("where", .optional(request.replay.condition)),
        .init(
          "online",
          .array(
            online.files.map {
              .object([.init("file", .string($0.name)), .init("sha256", .string($0.sha256))])
            })),
      ])
  }
}
