import Foundation
import GRDB
import Traces

/// Opens the file of a store: checks what it is before anything is written to it.
struct StoreOpening {
  let path: String
  let mode: StoreMode
  /// How long a writer waits for another process before it gives up.
  let patience: Duration

  func open() throws -> TraceStore.Access {
    try checkFile()
    switch mode {
    case .readOnly:
      let reader = try openReader()
      try reader.read { try checkSchema($0, mayMigrate: false) }
      return .readable(reader)
    case .create, .readWrite:
      return try waiting {
        if mode == .create { makeIfMissing() }
        try checkBeforeWriting()
        let pool = try openPool()
        try pool.read { try checkSchema($0, mayMigrate: true) }
        try migrate(pool)
        return .writable(pool)
      }
    }
  }

  /// Tries again for a while what another process is in the way of: SQLite itself does not wait where two processes turn
  /// the log of one new file on.
  private func waiting<Value>(_ body: () throws -> Value) throws -> Value {
    let end = ContinuousClock.now + patience
    while true {
      do {
        return try body()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
        usleep(20_000)
      }
    }
  }

  /// Brings the schema up to date. Of two processes that make one store at a time, one finds its tables made by the
  /// other: that is no failure.
  private func migrate(_ pool: DatabasePool) throws {
    do {
      try StoreSchema.migrator.migrate(pool)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      guard try pool.read({ try StoreSchema.migrator.hasCompletedMigrations($0) }) else { throw error }
    }
  }

  /// Refuses names that SQLite takes for something else than a file, and what is no file: opening a pipe waits for ever.
  func checkName() throws {
    guard !path.isEmpty, path != ":memory:" else { throw UnacceptableStore.name(path) }
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw UnacceptableStore.directory(path: path)
    default: throw UnacceptableStore.device(path: path)
    }
  }

  private func checkFile() throws {
    let exists = FileManager.default.fileExists(atPath: path)
    guard exists || mode == .create else { throw UnacceptableStore.missing(path: path) }
    if exists { try checkHeader() }
  }

  /// A file that is no database is refused before SQLite touches it, since opening alone may write its mode.
  private func checkHeader() throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw StoreFailure.cannotOpen(path: path, reason: "permission denied")
    }
    defer { try? handle.close() }
    let header = try handle.read(upToCount: 16) ?? Data()
    guard header.isEmpty || header == Data("SQLite format 3\0".utf8) else {
      throw UnacceptableStore.notADatabase(path: path)
    }
    if header.isEmpty, mode != .create { throw UnacceptableStore.empty(path: path) }
  }

  /// Looks at an existing file with a connection that cannot write, so that a foreign database stays as it is.
  private func checkBeforeWriting() throws {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    guard let size, size > 0 else { return }
    try openReader().read { try checkSchema($0, mayMigrate: true) }
  }

  /// Opens a second writing connection to a store that is open, for rows in bulk.
  ///
  /// It does without SQLite's look-ups of referenced rows, seven a rollout, since its rows refer to rows that it has found
  /// or added in the same transaction, and without its checks of values, since `RecordValidation` has made them; it leaves
  /// the moving of the log to others, and what it frees it does not overwrite.
  func openBulk() throws -> DatabaseQueue {
    try DatabaseQueue(path: path, configuration: bulkConfiguration())
  }

  /// How a connection for rows in bulk is opened.
  func bulkConfiguration() -> Configuration {
    var configuration = configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = OFF;
          PRAGMA ignore_check_constraints = ON
          """)
    }
    return configuration
  }

  private func openPool() throws -> DatabasePool {
    do {
      return try DatabasePool(path: path, configuration: configuration())
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN && isWriteProtected {
      throw StoreFailure.readOnly(path: path)
    }
  }

  private var isWriteProtected: Bool {
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return FileManager.default.fileExists(atPath: directory)
      && !(FileManager.default.isWritableFile(atPath: directory))
  }

  /// A reader; where SQLite cannot make the files beside a WAL database, the store is read as one that nobody writes.
  private func openReader() throws -> any DatabaseReader {
    do {
      let queue = try DatabasePool(path: path, configuration: configuration(readOnly: true))
      try queue.read { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
      return queue
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && !hasPendingLog
    {
      return try DatabaseQueue(path: immutableAddress, configuration: configuration(readOnly: true))
    }
  }

  /// Whether commits wait in the log beside the file, which an immutable reader would not see.
  private var hasPendingLog: Bool {
    let size = (try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int) ?? nil
    return (size ?? 0) > 0
  }

  private var immutableAddress: String {
    URL(fileURLWithPath: path).absoluteString + "?immutable=1"
  }

  func configuration(readOnly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(patience / .seconds(1))
    configuration.label = "retrace"
    configuration.prepareDatabase { db in
      // Large pages hold several texts of a kilobyte each without a quarter of the page left over.
      if !readOnly { try db.execute(sql: "PRAGMA page_size = 32768") }
      try db.execute(sql: "PRAGMA cache_size = -16384")
    }
    return configuration
  }

  private func checkSchema(_ db: Database, mayMigrate: Bool) throws {
    let identifier = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    guard identifier == StoreSchema.applicationIdentifier else {
      // The list of migrations comes a moment before the first migration, which may have been stopped.
      let tables =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
      guard identifier == 0, tables == 0 else {
        throw UnacceptableStore.foreign(path: path, identifier: identifier)
      }
      if mode == .create { return }
      throw UnacceptableStore.empty(path: path)
    }
    if try StoreSchema.migrator.hasBeenSuperseded(db) { throw UnacceptableStore.later(path: path) }
    guard try mayMigrate || StoreSchema.isReadable(db) else {
      throw UnacceptableStore.earlier(path: path)
    }
  }
}
