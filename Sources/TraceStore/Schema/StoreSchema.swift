import GRDB

/// The schema of a store, as a list of migrations; what a released migration does never changes.
enum StoreSchema {
  /// `Rtrc` in ASCII: tells stores from other SQLite files.
  static let applicationIdentifier: Int32 = 0x5274_7263

  /// The names of the migrations, oldest first.
  static let migrationNames = [
    "1 rollouts and scores", "2 fidelity and continuations", "3 unfinished sources", "4 predicted biases",
    "5 contents", "6 provisional names", "7 scores without a computed column", "8 parts of sources and imported scores",
  ]

  /// Whether a store can be read as it is: the later migrations add only what writers need, and
  /// readers ask whether it is there.
  static func isReadable(_ db: Database) throws -> Bool {
    try Set(migrationNames.prefix(2)).isSubset(of: migrator.appliedIdentifiers(db))
  }

  /// Whether the table `fidelity` has predictions, too.
  static func hasPredictions(_ db: Database) throws -> Bool {
    try migrator.appliedIdentifiers(db).contains(migrationNames[3])
  }

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration(migrationNames[0]) { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
      try db.execute(sql: tables)
      try db.execute(sql: powersOfTwo)
      for view in views { try db.execute(sql: view) }
    }
    migrator.registerMigration(migrationNames[1]) { db in
      try db.execute(sql: fidelityTable)
      for sql in generations { try db.execute(sql: sql) }
    }
    migrator.registerMigration(migrationNames[2]) { db in try db.execute(sql: unfinishedSources) }
    migrator.registerMigration(migrationNames[3]) { db in
      try db.execute(sql: predictions)
    }
    migrator.registerMigration(migrationNames[4]) { db in try db.execute(sql: contents) }
    migrator.registerMigration(migrationNames[5]) { db in try db.execute(sql: provisionalNames) }
    migrator.registerMigration(migrationNames[6], foreignKeyChecks: .immediate) { db in
      for sql in scoresWithoutComputedColumn { try db.execute(sql: sql) }
    }
    migrator.registerMigration(migrationNames[7], foreignKeyChecks: .immediate) { db in
      try db.execute(sql: origins)
    }
    return migrator
  }
}
