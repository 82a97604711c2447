/// What an ingest added to a store.
public struct IngestCounts: Hashable, Sendable {
  /// Problems that the store did not know.
  public var problems = 0
  /// Rollouts and segments.
  public var rollouts = 0
  /// Own steps of all rollouts.
  public var steps = 0
  /// Single scores of all scorers and channels.
  public var scores = 0
  /// Complete rollouts without an answer.
  public var withoutAnswer = 0
  /// Answers that were compared as strings because the grader could not parse them.
  public var unparsed = 0

  /// Creates counts of zero.
  public init() {}

  /// Adds the counts of another batch.
  public static func += (left: inout IngestCounts, right: IngestCounts) {
    left.problems += right.problems
    left.rollouts += right.rollouts
    left.steps += right.steps
    left.scores += right.scores
    left.withoutAnswer += right.withoutAnswer
    left.unparsed += right.unparsed
  }
}
