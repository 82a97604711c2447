import GRDB

/// All rows of all tables of a store, to be compared.
struct Tables: Equatable {
  private let rows: [String: [Row]]

  init(path: String) throws {
    let queue = try DatabaseQueue(path: path)
    rows = try queue.read { db in
      let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      var rows: [String: [Row]] = [:]
      for name in names { rows[name] = try Row.fetchAll(db, sql: "SELECT * FROM \(name) ORDER BY 1") }
      return rows
    }
  }
}
