import GRDB
import Traces

/// A rollout that its source graded otherwise than we do.
public struct VerdictDifference: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The gold answer.
  public var gold: String?
  /// The recording's name.
  public var recording: String
  /// The rollout's place among those of its problem and recording, counted from 0.
  public var rollout: Int
  /// The answer as extracted or stated; `nil` where there is none.
  public var answer: String?
  /// Whether the grader parsed the answer; `nil` where there is none.
  public var status: GradedAnswer.Status?
  /// Our verdict: an answer that is not there is not right.
  public var isRight: Bool
  /// The source's verdict.
  public var sourceVerdict: Bool
}

/// How the complete rollouts of a recording were graded, in numbers.
public struct VerdictCounts: Hashable, Sendable {
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

/// A prediction for a problem as a whole that a source states.
public struct StoredPrediction: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The recording's name.
  public var recording: String
  /// The prediction's name, e.g. `pred_maj@8`.
  public var name: String
  /// The prediction as written.
  public var value: String
}

extension TraceStore {
  /// The rollouts whose verdict differs from their source's, ordered by problem, recording and index.
  public func verdictDifferences() throws -> [VerdictDifference] {
    try read { db in
      try Row.fetchAll(db, sql: Self.differenceQuery).map { row in
        VerdictDifference(
          problem: row["problem"], gold: row["gold"], recording: row["recording"], rollout: row["rollout_index"],
          answer: row["answer"], status: (row["status"] as String?).flatMap(GradedAnswer.Status.init(rawValue:)),
          isRight: row["is_right"], sourceVerdict: row["source_verdict"])
      }
    }
  }

  private static let differenceQuery = """
    WITH different AS (
      SELECT rollout.id AS rollout, problem.answer AS gold, rollout_text.answer AS answer, answer_class.status AS status,
        coalesce(answer_class.is_right, 0) AS is_right, rollout.source_verdict AS source_verdict
      FROM rollout
      JOIN problem ON problem.id = rollout.problem
      JOIN rollout_text ON rollout_text.rollout = rollout.id
      LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
      WHERE rollout.source_verdict IS NOT NULL AND rollout.source_verdict <> coalesce(answer_class.is_right, 0))
    SELECT rollout_index.problem AS problem, recording, rollout_index, gold, answer, status, is_right, source_verdict
    FROM rollout_index JOIN different ON different.rollout = rollout_index.rollout
    ORDER BY rollout_index.problem, recording, rollout_index
    """

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

  /// The predictions that sources state, each once, ordered by problem, recording, name and value.
  public func predictions() throws -> [StoredPrediction] {
    try read { db in
      let sql = """
        SELECT DISTINCT problem.key AS problem, recording.name AS recording, prediction.name AS name, value
        FROM prediction
        JOIN problem ON problem.id = prediction.problem
        JOIN recording ON recording.id = prediction.recording
        ORDER BY problem.key, recording.name, prediction.name, value
        """
      return try Row.fetchAll(db, sql: sql).map { row in
        StoredPrediction(
          problem: row["problem"], recording: row["recording"], name: row["name"], value: row["value"])
      }
    }
  }
}
