import Foundation
import GRDB
import Testing
import Traces

@testable import TraceStore

@Suite("A store of the sixth schema, which computed the number of scores in a column")
struct MigrationTests {
  private let directory: TemporaryDirectory
  private let records = Build.randomRecords(seed: 61, problems: 5, rollouts: 12)
  private let further = Build.randomRecords(seed: 62, problems: 3, rollouts: 4)
  private let views = [
    "SELECT * FROM step_score ORDER BY rollout, scorer, channel, step", "SELECT * FROM scorer_summary ORDER BY 1, 2",
  ]

  init() throws { directory = try TemporaryDirectory() }

  @Test("is read as it is")
  func reading() throws {
    let (old, new) = try stores()
    let reader = try TraceStore(path: old, mode: .readOnly)
    #expect(try reader.contentHash() == new.contentHash())
    #expect(try reader.summary() == new.summary())
    #expect(try rows(of: reader) == rows(of: new))
  }

  @Test("is brought up to date with what it holds, and takes more")
  func writing() throws {
    let (old, new) = try stores()
    let store = try TraceStore(path: old, mode: .readWrite)
    let columns = try store.read { try $0.columns(in: "score").map(\.name) }
    #expect(columns == ["rollout", "scorer", "last", "minimum", "product", "mean", "scores", "imported"])
    #expect(try store.read { try Row.fetchAll($0, sql: "SELECT * FROM pragma_table_xinfo('score')") }.count == 8)
    #expect(try store.contentHash() == new.contentHash())
    #expect(try rows(of: store) == rows(of: new))
    for each in [store, new] { try each.ingest(further, name: "further") }
    #expect(try store.contentHash() == new.contentHash())
    #expect(try rows(of: store) == rows(of: new))
    let found = try store.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(found == ["ok"])
  }

  @Test("an insert of scores calls no function, for which SQLite would keep copies of pages")
  func noFunction() throws {
    let store = try directory.store()
    let insertion = """
      EXPLAIN INSERT OR FAIL INTO score (rollout, scorer, last, minimum, mean, scores) VALUES (1, 1, 1, 1, 1, x'00')
      """
    let operations = try store.read { try Row.fetchAll($0, sql: insertion) }.map { $0["opcode"] as String }
    #expect(operations.contains("Insert"))
    #expect(!operations.contains { $0.contains("Func") })
  }

  /// A store of the sixth schema, and one of the present schema, with the same rows.
  private func stores() throws -> (old: String, new: TraceStore) {
    let new = try directory.store("new.retrace")
    try new.ingest(records)
    let path = directory.file("old.retrace")
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: StoreSchema.migrationNames[5])
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS new", arguments: [new.path])
      for table in ["source", "problem", "recording", "answer_class", "rollout", "rollout_text", "scorer", "score"] {
        // `table_info` leaves computed columns out; the others came later.
        let columns = try String.fetchAll(
          db, sql: "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('part', 'imported')", arguments: [table]
        ).joined(separator: ", ")
        try db.execute(sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM new.\(table)")
      }
      try db.execute(sql: "DETACH new")
    }
    try queue.close()
    return (path, new)
  }

  private func rows(of store: TraceStore) throws -> [[Row]] {
    try store.read { db in try views.map { try Row.fetchAll(db, sql: $0) } }
  }
}

@Suite("A store of the seventh schema, which did not tell imported scores")
struct OriginMigrationTests {
  private let record: GradedRecord = {
    var record = Build.record(problem: "p", rollouts: [Build.rollout(["a"])])
    record.record.columns = [ScoreColumn(scorer: "prm", channel: .step)]
    record.record.rollouts[0].scores = [[0.5]]
    record.record.predictions = ["pred_maj@1": "1"]
    return record
  }()

  @Test("is read as it is, and brought up to date: a scorer that no file brought was imported")
  func scorers() throws {
    let directory = try TemporaryDirectory()
    let path = try old(in: directory)
    for mode in [StoreMode.readOnly, .readWrite] {
      let store = try TraceStore(path: path, mode: mode)
      let prediction = try #require(try store.sourcePredictions().first)
      #expect(prediction.origin.part == 0)
      #expect(try store.scorer(of: prediction) == "prm")
      let completions = try store.completions(of: "p", recording: "warm", scorer: "prm")
      #expect(completions.map(\.origin) == [prediction.origin])
      var records: [TraceRecord] = []
      try store.export { records.append($0) }
      #expect(records.map(\.importedColumns) == [[1]])
      #expect(records.map(\.predictions) == [["pred_maj@1": "1"]])
      try store.close()
    }
  }

  private func old(in directory: TemporaryDirectory) throws -> String {
    let new = try directory.store("new.retrace")
    try new.ingest([record])
    let lines = [ImportedScores(problem: "p", rollout: 0, scorer: "sky", stepScores: [0.25], line: 1)]
    _ = try new.importScores(file: "sky", reading: { take in try take(lines) })
    let path = directory.file("old.retrace")
    let queue = try DatabaseQueue(path: path)
    try StoreSchema.migrator.migrate(queue, upTo: StoreSchema.migrationNames[6])
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS new", arguments: [new.path])
      for table in [
        "source", "problem", "recording", "answer_class", "rollout", "rollout_text", "scorer", "score", "prediction",
      ] {
        let columns = try String.fetchAll(
          db, sql: "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('part', 'imported')", arguments: [table]
        ).joined(separator: ", ")
        try db.execute(sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM new.\(table)")
      }
      try db.execute(sql: "DETACH new")
    }
    try queue.close()
    return path
  }
}

@Suite("A new store")
struct CreationTests {
  /// All that the schema of a file says, and what is in its tables.
  private func content(of queue: DatabaseQueue) throws -> [[Row]] {
    try queue.read { db in
      let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      let schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
      let queries = [schema, "PRAGMA application_id"] + tables.map { "SELECT * FROM \($0) ORDER BY 1" }
      return try queries.map { try Row.fetchAll(db, sql: $0) }
    }
  }

  @Test("made at once is what the migrations make of an empty file")
  func creation() throws {
    let (created, migrated) = (try DatabaseQueue(), try DatabaseQueue())
    try created.writeWithoutTransaction { try StoreSchema.create($0) }
    try StoreSchema.migrator.migrate(migrated)
    #expect(try content(of: created) == content(of: migrated))
    #expect(try created.read { try StoreSchema.migrator.hasCompletedMigrations($0) })
  }
}
