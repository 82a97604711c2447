import Replay
import Traces

/// Replays two sides on the same problems and sets them against each other.
public struct ComparisonStudy: Sendable {
  private let left: ReplayStudy
  private let right: ReplayStudy

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - request: What to compare.
  ///   - store: The path of the store.
  ///   - observer: Who looks on.
  /// - Throws: `UnacceptableData` for a path that is no store, `ReplayError` for an unknown method, `ComparisonError` for
  ///   a setting that does nothing.
  public init(_ request: ComparisonRequest, store: String, observer: StudyObserver = StudyObserver()) throws {
    left = try ReplayStudy(
      request.replay(of: request.left), store: store, observer: observer)
    right = try ReplayStudy(request.replay(of: request.right), store: store)
    try request.checkShared(onlyScorer: left.onlyScorer())
  }

  /// Computes both sides, problem by problem where they read the same record.
  ///
  /// The numbers of each side are those of a replay by itself.
  ///
  /// - Throws: `UnacceptableData`, `StudyError` and `ReplayError` for names and settings that do not fit the store.
  public func run() async throws -> ComparisonResults {
    let problems = try left.problems()
    let ours = try left.cells()
    let theirs = try right.cells()
    let results = try await left.compute(ours + theirs, on: problems, scorers: scorers(of: ours, theirs))
    return ComparisonResults(
      left: try left.gather(ours, problems, Array(results.prefix(ours.count))),
      right: try right.gather(theirs, problems, Array(results.dropFirst(ours.count))))
  }

  /// The scorers of both sides; all where one side takes the store's only one, or asks them all.
  private func scorers(of ours: [StudyCell], _ theirs: [StudyCell]) -> [String]? {
    guard let first = left.scorers(of: ours), let second = right.scorers(of: theirs) else { return nil }
    return first == second ? first : first + second
  }
}
