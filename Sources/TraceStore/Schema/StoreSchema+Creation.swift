import GRDB

extension StoreSchema {
  /// Makes all that a new store has, in one transaction: what the migrations come to one after the other.
  ///
  /// Each of them would be a transaction of its own, and a change to a table has SQLite read all views again: here they
  /// come last.
  static func create(_ db: Database) throws {
    try db.inTransaction {
      try db.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
      for sql in tablesOfAllMigrations + viewsOfAllMigrations { try db.execute(sql: sql) }
      // The list as GRDB keeps it.
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for name in migrationNames {
        try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [name])
      }
      return .commit
    }
  }

  private static let tablesOfAllMigrations = [
    tables, powersOfTwo, fidelityTable, generationColumn, unfinishedSources, predictions, contents, provisionalNames,
    withoutSteps, origins,
  ]

  private static let viewsOfAllMigrations = lastingViews + [rolloutIndexByGeneration] + viewsWithoutSteps
}
