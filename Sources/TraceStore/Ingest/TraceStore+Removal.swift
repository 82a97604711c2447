import GRDB

extension TraceStore {
  /// Takes a source with all its rollouts out of the store, and the problems, recordings and scorers that nothing else
  /// needs; without effect where the source is unknown.
  func removeSource(sha256: String) throws {
    try translatingFailures(path: path) {
      try writer().writeWithoutTransaction { db in
        // With foreign keys on, SQLite would search all rollouts for each row that goes; the order below keeps them.
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        try db.inTransaction(.immediate) {
          let identifier = try Int64.fetchOne(db, sql: "SELECT id FROM source WHERE sha256 = ?", arguments: [sha256])
          if let identifier { try Self.removeRows(of: identifier, in: db) }
          return .commit
        }
      }
    }
  }

  private static func removeRows(of source: Int64, in db: Database) throws {
    for statement in removals { try db.execute(sql: statement, arguments: ["source": source]) }
  }

  /// Rows of the source, rows that only it mentioned, and mentions of it, in this order.
  private static let removals = [
    "DELETE FROM score WHERE rollout IN (SELECT id FROM rollout WHERE source = :source)",
    "DELETE FROM rollout_text WHERE rollout IN (SELECT id FROM rollout WHERE source = :source)",
    "DELETE FROM prediction WHERE source = :source",
    "DELETE FROM rollout WHERE source = :source",
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
    "UPDATE problem SET source = NULL WHERE source = :source",
    "UPDATE recording SET source = NULL WHERE source = :source",
    "UPDATE scorer SET source = NULL WHERE source = :source",
    "DELETE FROM source WHERE id = :source",
  ]
}
