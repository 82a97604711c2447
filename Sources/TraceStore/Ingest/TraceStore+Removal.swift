import GRDB

extension TraceStore {
  /// Takes a source with all its rollouts out of the store, and the problems, recordings and scorers that nothing else
  /// needs; without effect where the source is unknown.
  func removeSource(sha256: String) throws { try removeSource { try Self.identifier(of: sha256, in: $0) } }

  /// The same with a row of the manifest.
  func removeSource(_ identifier: Int64) throws { try removeSource { _ in identifier } }

  private static func identifier(of sha256: String, in db: Database) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT id FROM source WHERE sha256 = ?", arguments: [sha256])
  }

  private func removeSource(_ find: (Database) throws -> Int64?) throws {
    try translatingFailures(path: path) {
      try writer().writeWithoutTransaction { db in
        // With foreign keys on, SQLite would search all rollouts for each row that goes; the order below keeps them.
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        try db.inTransaction(.immediate) {
          if let identifier = try find(db) { try Self.removeRows(of: identifier, in: db) }
          return .commit
        }
      }
    }
  }

  private static func removeRows(of source: Int64, in db: Database) throws {
    let classes = try Int64.fetchAll(db, sql: classesOfSource, arguments: [source])
    try Amendments.undo(of: source, in: db)
    for statement in removals { try db.execute(sql: statement, arguments: ["source": source]) }
    for identifier in classes { try db.execute(sql: formOfClass, arguments: [identifier]) }
  }

  private static let classesOfSource =
    "SELECT DISTINCT answer_class FROM rollout WHERE source = ? AND answer_class IS NOT NULL"

  /// The form of a class is the shortest of its answers, the first in order of bytes: among those that remain.
  static let formOfClass = """
    UPDATE answer_class SET form = coalesce(
      (SELECT rollout_text.answer FROM rollout JOIN rollout_text ON rollout_text.rollout = rollout.id
       WHERE rollout.problem = answer_class.problem AND rollout.answer_class = answer_class.id
         AND rollout_text.answer IS NOT NULL
       ORDER BY length(CAST(rollout_text.answer AS BLOB)), CAST(rollout_text.answer AS BLOB) LIMIT 1), form)
    WHERE id = ?
    """

  /// Rows of the source, rows that only it mentioned, and mentions of it, in this order.
  private static let removals = [
    "DELETE FROM score WHERE rollout IN (SELECT id FROM rollout WHERE source = :source)",
    "DELETE FROM rollout_text WHERE rollout IN (SELECT id FROM rollout WHERE source = :source)",
    "DELETE FROM prediction WHERE source = :source",
    "DELETE FROM rollout WHERE source = :source",
    "DELETE FROM provisional_name WHERE source = :source",
    "DELETE FROM unnamed_scorer WHERE source = :source",
    """
    DELETE FROM answer_class WHERE :source = :source AND id NOT IN
      (SELECT answer_class FROM rollout WHERE answer_class IS NOT NULL)
    """,
    """
    DELETE FROM problem WHERE source = :source AND id NOT IN (SELECT problem FROM rollout)
      AND id NOT IN (SELECT problem FROM prediction)
    """,
    """
    DELETE FROM recording WHERE source = :source AND id NOT IN (SELECT recording FROM rollout)
      AND id NOT IN (SELECT recording FROM prediction)
    """,
    "DELETE FROM scorer WHERE source = :source AND id NOT IN (SELECT scorer FROM score)",
    """
    UPDATE problem SET source = (SELECT min(rollout.source) FROM rollout WHERE rollout.problem = problem.id)
      WHERE source = :source
    """,
    """
    UPDATE recording SET source = (SELECT min(rollout.source) FROM rollout WHERE rollout.recording = recording.id)
      WHERE source = :source
    """,
    """
    UPDATE scorer SET source =
      (SELECT min(rollout.source) FROM score JOIN rollout ON rollout.id = score.rollout WHERE score.scorer = scorer.id)
      WHERE source = :source
    """,
    "DELETE FROM source WHERE id = :source",
  ]
}
