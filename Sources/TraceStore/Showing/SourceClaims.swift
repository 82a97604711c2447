import GRDB
import Traces

/// A complete rollout whose source gave a verdict of its own.
public struct SourceVerdict: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The recording's name.
  public var recording: String
  /// The rollout's index among those of its problem and recording, counted from 0.
  public var rollout: Int
  /// The gold answer, where it is known.
  public var gold: String?
  /// The rollout's answer; `nil` where it has none.
  public var answer: String?
  /// The source's verdict.
  public var source: Bool
  /// Our verdict; a rollout without an answer is wrong.
  public var own: Bool
}

/// Where rollouts and predictions come from: a source, or a part of one that holds what came from several.
public struct RolloutOrigin: Hashable, Sendable {
  /// The row of the source.
  public var source: Int64
  /// The part, counted from 0 among those of the problem and recording.
  public var part: Int64
}

/// A prediction that a source states for a problem as a whole, e.g. the answer by `pred_maj@8`.
public struct SourcePrediction: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The recording's name.
  public var recording: String
  /// Where it comes from; what is predicted is about the rollouts that come from there, too.
  public var origin: RolloutOrigin
  /// The problem's gold answer, where it is known.
  public var gold: String?
  /// The prediction's name in the source.
  public var name: String
  /// The predicted answer as the source writes it.
  public var value: String
}

extension TraceStore {
  /// Every rollout whose source gave a verdict of its own, ordered by problem, recording and index.
  public func sourceVerdicts() throws -> [SourceVerdict] {
    let query = """
      SELECT place.problem, place.recording, rollout_index, problem.answer AS gold, rollout_text.answer AS answer,
        source_verdict, coalesce(is_right, 0) AS own
      FROM rollout_index AS place
      JOIN rollout ON rollout.id = place.rollout
      JOIN rollout_text ON rollout_text.rollout = place.rollout
      JOIN problem ON problem.id = rollout.problem
      LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
      WHERE source_verdict IS NOT NULL ORDER BY place.problem, place.recording, rollout_index
      """
    return try read { db in
      try Row.fetchAll(db, sql: query).map { row in
        SourceVerdict(
          problem: row["problem"], recording: row["recording"], rollout: row["rollout_index"], gold: row["gold"],
          answer: row["answer"], source: row["source_verdict"], own: row["own"])
      }
    }
  }

  /// Every prediction that a source states, ordered by problem, recording, source, part, name and value.
  public func sourcePredictions() throws -> [SourcePrediction] {
    try read { db in
      try Row.fetchAll(db, sql: Self.predictionQuery(in: db)).map { row in
        SourcePrediction(
          problem: row["problem"], recording: row["recording"],
          origin: RolloutOrigin(source: row["source"], part: row["part"]), gold: row["gold"], name: row["name"],
          value: row["value"])
      }
    }
  }

  private static func predictionQuery(in db: Database) throws -> String {
    """
      SELECT problem.key AS problem, recording.name AS recording, source.id AS source,
        \(try StoreSchema.hasOrigins(db) ? "prediction.part" : "0") AS part, problem.answer AS gold,
        prediction.name AS name, value
      FROM prediction
      JOIN problem ON problem.id = prediction.problem
      JOIN recording ON recording.id = prediction.recording
      JOIN source ON source.id = prediction.source
      ORDER BY problem.key, recording.name, source.sha256, part, prediction.name, value
    """
  }
}
