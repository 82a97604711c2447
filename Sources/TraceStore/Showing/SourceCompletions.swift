import GRDB
import Traces

/// A rollout as a prediction over rollouts sees it: its answer and the aggregates of its scores, without its text.
public struct SourceCompletion: Hashable, Sendable {
  /// Where the rollout comes from.
  public var origin: RolloutOrigin
  /// The rollout's index among those of its problem and recording, counted from 0.
  public var index: Int
  /// Whether the rollout was drawn from the prompt, not after steps of another one.
  public var isChain: Bool
  /// How the rollout ended.
  public var finish: Finish
  /// The answer as extracted or stated; `nil` where there is none.
  public var answer: String?
  /// The class of the answer: its representative form; `nil` where there is no answer.
  public var classForm: String?
  /// Whether the answer is right; false where there is none.
  public var isRight: Bool
  /// The aggregates of the rollout's step scores; `nil` where the scorer did not see it.
  public var scores: Aggregates?

  /// Aggregates of a rollout's own step scores.
  public struct Aggregates: Hashable, Sendable {
    /// The last score.
    public var last: Double
    /// The smallest score.
    public var minimum: Double
    /// The mean score.
    public var mean: Double

    /// Creates aggregates.
    public init(last: Double, minimum: Double, mean: Double) {
      self.last = last
      self.minimum = minimum
      self.mean = mean
    }
  }
}

extension TraceStore {
  /// The rollouts of a problem in a recording, in the order of their indices.
  ///
  /// - Parameter scorer: Whose step scores to take; none without.
  public func completions(of problem: String, recording: String, scorer: String?) throws -> [SourceCompletion] {
    try read { db in
      let statement = try db.cachedStatement(sql: Self.completionQuery(in: db))
      let names: StatementArguments = ["problem": problem, "recording": recording, "scorer": scorer]
      return try Row.fetchAll(statement, arguments: names).enumerated().map { index, row in
        SourceCompletion(
          origin: RolloutOrigin(source: row["source"], part: row["part"]), index: index, isChain: row["chain"],
          finish: Finish(rawValue: row["finish"] as String) ?? .open, answer: row["answer"], classForm: row["form"],
          isRight: row["is_right"], scores: Self.aggregates(row))
      }
    }
  }

  private static func completionQuery(in db: Database) throws -> String {
    """
      SELECT rollout.source, \(try StoreSchema.hasOrigins(db) ? "rollout.part" : "0") AS part,
        rollout.parent IS NULL AS chain, finish, rollout_text.answer AS answer, form,
        coalesce(is_right, 0) AS is_right, score.last, score.minimum, score.mean
      FROM rollout
      JOIN source ON source.id = rollout.source
      JOIN rollout_text ON rollout_text.rollout = rollout.id
      LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
      LEFT JOIN score ON score.rollout = rollout.id
        AND score.scorer = (SELECT id FROM scorer WHERE name = :scorer AND channel = 'step')
      WHERE rollout.problem = (SELECT id FROM problem WHERE key = :problem)
        AND rollout.recording = (SELECT id FROM recording WHERE name = :recording)
      ORDER BY source.sha256, rollout.position
    """
  }

  private static func aggregates(_ row: Row) -> SourceCompletion.Aggregates? {
    guard let last = row["last"] as Double? else { return nil }
    return SourceCompletion.Aggregates(last: last, minimum: row["minimum"], mean: row["mean"])
  }

  /// The scorer whose step scores came with the rollouts that a prediction is about, on which the prediction rests; `nil`
  /// where there is none, or more than one. Scores that were imported later do not count.
  public func scorer(of prediction: SourcePrediction) throws -> String? {
    try read { db in
      let statement = try db.cachedStatement(sql: Self.scorerQuery(in: db))
      let names = try String.fetchAll(
        statement,
        arguments: [
          "problem": prediction.problem, "recording": prediction.recording, "source": prediction.origin.source,
          "part": prediction.origin.part,
        ])
      return names.count == 1 ? names[0] : nil
    }
  }

  private static func scorerQuery(in db: Database) throws -> String {
    let hasOrigins = try StoreSchema.hasOrigins(db)
    return """
      SELECT DISTINCT scorer.name FROM rollout
      JOIN score ON score.rollout = rollout.id
      JOIN scorer ON scorer.id = score.scorer AND scorer.channel = 'step'
      WHERE rollout.problem = (SELECT id FROM problem WHERE key = :problem)
        AND rollout.recording = (SELECT id FROM recording WHERE name = :recording)
        AND rollout.source = :source AND \(hasOrigins ? "rollout.part" : "0") = :part
        AND \(hasOrigins ? "score.imported = 0" : "scorer.source IS NOT NULL")
      LIMIT 2
      """
  }
}
