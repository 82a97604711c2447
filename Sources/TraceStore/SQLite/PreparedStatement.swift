import GRDB
import GRDBSQLite

/// A prepared statement on SQLite's own interface, for loops over hundred thousands of rows.
///
/// Lives no longer than the transaction that it was prepared in. Indices of columns count from 0, of parameters from 1,
/// as in SQLite.
final class PreparedStatement {
  let handle: OpaquePointer
  private let connection: OpaquePointer
  /// Where the connection keeps the statement for the next transaction.
  private let kept: Statement?

  convenience init(_ db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store is closed", sql: sql)
    }
    try self.init(connection: connection, sql)
  }

  /// A statement on a connection of SQLite's own, which nobody else uses meanwhile.
  init(connection: OpaquePointer, _ sql: String) throws {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, 0, &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }
    self.handle = handle
    self.connection = connection
    kept = nil
  }

  /// A statement that is prepared once for a connection; nobody else may use the same text meanwhile.
  init(keptBy db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store is closed", sql: sql)
    }
    let statement = try db.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
    self.connection = connection
    kept = statement
  }

  deinit {
    if kept == nil {
      sqlite3_finalize(handle)
    } else {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
  }

  /// Moves to the next row; `false` at the end, where the statement is ready to run again.
  @inline(__always)
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    sqlite3_reset(handle)
    if code == SQLITE_DONE { return false }
    throw failure()
  }

  /// Runs a statement that gives no rows.
  func run() throws {
    while try step() {}
  }

  /// The row that the connection inserted last.
  ///
  /// Faster than a `RETURNING` clause, for which SQLite first copies every page that the statement changes to a
  /// temporary file.
  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(connection) }

  /// Makes the statement ready to run again before its last row.
  func reset() { sqlite3_reset(handle) }

  private func failure() -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }
}
