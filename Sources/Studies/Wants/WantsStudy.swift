import Replay
import TraceFormats
import TraceStore
import Traces

/// Finds the continuations that a strict replay misses.
public struct WantsStudy: Sendable {
  private let request: WantsRequest
  private let store: TraceStore
  private let observer: StudyObserver

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - request: What is to be replayed.
  ///   - store: The path of the store.
  ///   - observer: Who looks on.
  /// - Throws: `UnacceptableData` for a path that is no store.
  public init(_ request: WantsRequest, store: String, observer: StudyObserver = StudyObserver()) throws {
    self.request = request
    self.store = try TraceStore(path: store, mode: .readOnly)
    self.observer = observer
  }

  /// Replays strictly and gathers what was missed.
  ///
  /// - Throws: `UnacceptableData`, `StudyError` and `ReplayError` for names and settings that do not fit the store.
  public func run() async throws -> WantsResults {
    let problems = try store.problems(where: request.replay.condition)
    guard !problems.isEmpty else { throw StudyError.nothingToReplay("\(store.path) holds no problems that fit") }
    let recordings = try store.recordings().map(\.recording)
    var results = WantsResults(request: request)
    let cells = try StudyCells(
      request: try searches(&results), recordings: recordings, hasStepScores: try hasStepScores()
    ).all()
    let groups = Dictionary(grouping: cells.indices) { cells[$0].group }.sorted { $0.value[0] < $1.value[0] }
    for (position, (group, members)) in groups.enumerated() {
      let offset = position * problems.count
      let total = groups.count * problems.count
      let found = try await misses(members.map { cells[$0] }, problems, group) { [observer] in
        observer.completed(offset + $0, total)
      }
      for part in found { if let part { results.add(part) } else { results.isPartial = true } }
    }
    try results.finish()
    return results
  }

  /// The replay of the methods that draw continuations: others can miss none, and their options serve nothing.
  private func searches(_ results: inout WantsResults) throws -> ReplayRequest {
    let named = request.replay.methods
    let methods = try (named.isEmpty ? StudyCells.standardMethods : named).map { name throws(ReplayError) in
      try MethodRegistry.descriptor(named: name)
    }
    var replay = request.replay
    replay.methods = methods.filter { $0.source == .steps }.map(\.name)
    guard !replay.methods.isEmpty else { throw StudyError.noContinuations }
    let others = methods.filter { $0.source != .steps }.map(\.name)
    if !named.isEmpty, !others.isEmpty {
      results.notices = ["\(others.joined(separator: ", ")): draws no continuations, so none are missing"]
    }
    return replay
  }

  private func hasStepScores() throws -> Bool {
    let columns = try store.scorers().map(\.column).filter { column in
      request.replay.scorer.map { $0 == column.scorer } ?? true
    }
    return columns.isEmpty || columns.contains { $0.channel == .step }
  }

  private func misses(
    _ cells: [StudyCell], _ problems: [StoredProblem], _ group: RecordingGroup,
    completed: @escaping @Sendable (Int) -> Void
  ) async throws -> [ProblemWants?] {
    let replay = request.replay
    let segments = try store.segments(
      of: problems, recordings: group.recordings, scorers: replay.scorer.map { [$0] }, threads: replay.threads)
    return try await parallelMap(
      count: problems.count, threads: replay.threads, isStopped: observer.isStopped, completed: completed
    ) { index in
      let tree = try TraceTree(
        problem: problems[index].problem, segments: segments[index],
        mergePrefixes: cells.first?.mergesPrefixes ?? true)
      var runs = ProblemReplay(tree: tree)
      let missed = try runs.misses(
        of: cells.map(\.method), budgets: replay.budgets.values, replicates: replay.replicates, seed: replay.seed)
      return ProblemWants(
        missed: missed, continuations: try wanted(missed, tree, problems[index], group))
    }
  }

  /// Names what was missed by stored rollouts.
  private func wanted(
    _ missed: MissedContinuations, _ tree: TraceTree, _ problem: StoredProblem, _ group: RecordingGroup
  ) throws -> [WantedContinuation] {
    guard !missed.misses.isEmpty else { return [] }
    guard let statement = problem.problem.statement else { throw StudyError.noStatement(problem.problem.key) }
    let rollouts = try store.rollouts(of: problem, recordings: group.recordings, scorers: [])
    let places = PrefixPlaces(tree)
    let recordings = try store.recordings().map(\.recording)
    return missed.misses.compactMap { miss in
      let place = places[miss.node]
      let rollout = place.map { rollouts[$0.segment] }
      let name = rollout?.recording ?? Self.generator(of: group, among: recordings)
      guard let recording = recordings.first(where: { Optional($0.name).isSameText(as: name) }) else { return nil }
      let steps = place.map { Array(rollouts.pathTexts(to: $0.segment).prefix($0.step)) } ?? []
      let check = StableHash.check(ofPrefix: steps.map { text in Array(text.utf8).withUnsafeBytes(StableHash.key) })
      return WantedContinuation(
        name: ContinuationName(
          problem: problem.problem.key, recording: recording.name, rollout: rollout?.index, step: place?.step ?? 0,
          check: check),
        count: miss.count, statement: statement,
        prefix: steps.map { $0 + recording.delimiter }.joined(), recording: recording)
    }
  }

  /// The recording that a draw from the prompt belongs to: the sampled one of the group.
  private static func generator(of group: RecordingGroup, among known: [Recording]) -> String? {
    let own = known.filter { group.recordings.contains($0.name) }
    return (own.first { $0.sampling == .independent } ?? own.first)?.name
  }
}

/// What was missed on one problem.
struct ProblemWants: Sendable {
  var missed: MissedContinuations
  var continuations: [WantedContinuation]
}
