import GRDB
import Traces

/// How the complete rollouts of a recording were graded, in numbers.
public struct VerdictCounts: Hashable, Sendable, Encodable {
  /// The recording's name.
  public var recording: String
  /// Complete rollouts.
  public var rollouts: Int
  /// Of them, rollouts whose answer the grader parsed.
  public var parsed: Int
  /// Rollouts whose answer was compared as a string, since it could not be parsed.
  public var fallbacks: Int
  /// Rollouts in which no answer was found.
  public var withoutAnswer: Int
  /// Rollouts that are right.
  public var right: Int
  /// Rollouts that the source graded.
  public var sourceVerdicts: Int
  /// Rollouts that are right for us and wrong for the source.
  public var rightOnlyHere: Int
  /// Rollouts that are wrong for us, or without an answer, and right for the source.
  public var rightOnlyThere: Int
}

extension TraceStore {
  /// How the complete rollouts of each recording were graded, ordered by recording.
  public func verdictCounts() throws -> [VerdictCounts] {
    try read { db in
      try Row.fetchAll(db, sql: Self.countQuery).map { row in
        VerdictCounts(
          recording: row["name"], rollouts: row["rollouts"], parsed: row["parsed"], fallbacks: row["fallbacks"],
          withoutAnswer: row["without_answer"], right: row["right_rollouts"], sourceVerdicts: row["source_verdicts"],
          rightOnlyHere: row["right_only_here"], rightOnlyThere: row["right_only_there"])
      }
    }
  }

  /// By recording, the fewest and the most complete rollouts of a problem, those that branch off others included.
  public func completeRolloutsPerProblem() throws -> [String: ClosedRange<Int>] {
    let query = """
      SELECT name, min(complete) AS fewest, max(complete) AS most
      FROM recording JOIN (
        SELECT recording, sum(finish <> 'open') AS complete FROM rollout GROUP BY recording, problem
      ) AS counts ON counts.recording = recording.id
      GROUP BY name
      """
    return try read { db in
      let rows = try Row.fetchAll(db, sql: query)
      return Dictionary(
        rows.map { ($0["name"] as String, ($0["fewest"] as Int)...($0["most"] as Int)) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  private static let countQuery = """
    SELECT recording.name AS name, count(*) AS rollouts, sum(coalesce(status = 'parsed', 0)) AS parsed,
      sum(coalesce(status = 'fallback', 0)) AS fallbacks, sum(answer_class IS NULL) AS without_answer,
      sum(coalesce(is_right, 0)) AS right_rollouts, count(source_verdict) AS source_verdicts,
      sum(coalesce(source_verdict = 0 AND coalesce(is_right, 0) = 1, 0)) AS right_only_here,
      sum(coalesce(source_verdict = 1 AND coalesce(is_right, 0) = 0, 0)) AS right_only_there
    FROM rollout
    JOIN recording ON recording.id = rollout.recording
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    WHERE finish <> 'open'
    GROUP BY rollout.recording ORDER BY recording.name
    """
}
