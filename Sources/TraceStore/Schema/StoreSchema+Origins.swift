import GRDB

extension StoreSchema {
  /// What tells apart where the predictions and scores of one source come from.
  ///
  /// A source that was exported from a store may hold what came from several: `part` numbers them among the rollouts of
  /// a problem and recording, so that predictions stay with the rollouts that they are about. `score.imported` is 1 where
  /// the scores were added later, not brought by the source of the rollouts. (Neither has a `CHECK`, which every row that
  /// is inserted would pay for.)
  static let origins = """
    ALTER TABLE rollout ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE score ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
    UPDATE score SET imported = 1 WHERE scorer IN (SELECT id FROM scorer WHERE source IS NULL);
    ALTER TABLE prediction RENAME TO prediction_of_source;
    CREATE TABLE prediction (
      problem INTEGER NOT NULL REFERENCES problem (id),
      recording INTEGER NOT NULL REFERENCES recording (id),
      source INTEGER NOT NULL REFERENCES source (id),
      part INTEGER NOT NULL DEFAULT 0,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (problem, recording, source, part, name, value)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO prediction SELECT problem, recording, source, 0, name, value FROM prediction_of_source;
    DROP TABLE prediction_of_source;
    """

  /// Whether a store has these columns; one that is read as it is may be older.
  static func hasOrigins(_ db: Database) throws -> Bool {
    try db.columns(in: "rollout").contains { $0.name == "part" }
  }
}
