import GRDB
import GRDBSQLite

/// A further connection to the file of a store, which reads beside the one that has it open.
final class SideConnection {
  let handle: OpaquePointer
  /// What it saw when it was opened.
  private var version: Int64 = 0

  /// Opens a connection; `nil` where that is not possible, since others can do without it.
  init?(path: String) {
    var opened: OpaquePointer?
    guard sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
      let handle = opened
    else {
      sqlite3_close_v2(opened)
      return nil
    }
    self.handle = handle
    // Every page is read once: a small cache stays in the processor's.
    guard (try? run("PRAGMA cache_size = -1024")) != nil, let version = dataVersion else { return nil }
    self.version = version
  }

  deinit { sqlite3_close_v2(handle) }

  /// Begins a transaction; whether it reads the same moment of the same file as a connection whose transaction began after
  /// this connection was opened.
  func joins(_ main: OpaquePointer) -> Bool {
    guard (try? run("BEGIN")) != nil, (try? run("SELECT count(*) FROM sqlite_schema")) != nil else { return false }
    guard let file = Self.file(of: handle) else { return false }
    return dataVersion == version && file == Self.file(of: main)
  }

  /// Differs between two calls where somebody has committed in between.
  private var dataVersion: Int64? {
    guard let statement = try? PreparedStatement(connection: handle, "PRAGMA data_version"),
      (try? statement.step()) == true
    else { return nil }
    return statement.integer(0)
  }

  private func run(_ sql: String) throws { try PreparedStatement(connection: handle, sql).run() }

  /// The path of a connection's file; `nil` where another file has taken its place.
  private static func file(of connection: OpaquePointer) -> String? {
    var hasMoved: Int32 = 0
    guard sqlite3_file_control(connection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved) == SQLITE_OK, hasMoved == 0,
      let name = sqlite3_db_filename(connection, "main")
    else { return nil }
    return String(cString: name)
  }
}
