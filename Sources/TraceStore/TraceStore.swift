import Foundation
import GRDB
import Synchronization

/// A file of recorded rollouts and scores: one SQLite database in WAL mode.
///
/// Reading never blocks and is never blocked, also across processes; writers take turns. Safe to share among tasks.
/// Every function throws `UnacceptableData` where the user's data or words are at fault and `StoreFailure` where the
/// machine is.
public final class TraceStore: Sendable {
  /// Where the file stands, as the user named it.
  public let path: String
  /// What may be done with the store.
  public let mode: StoreMode
  let database: Access
  private let patience: Duration
  private let bulk = Mutex<BulkConnection?>(nil)

  /// The two ways into the file: a pool that can write, or readers only.
  enum Access: Sendable {
    case writable(DatabasePool)
    case readable(any DatabaseReader)
  }

  /// Opens a store, or makes one where the mode allows it.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - mode: What may be done with it.
  ///   - patience: How long a writer waits for another process before it gives up.
  /// - Throws: `UnacceptableData` for a missing file, a file that is no SQLite database or no store, or one of a later
  ///   schema; `StoreFailure` where the file cannot be opened or written.
  public init(path: String, mode: StoreMode, patience: Duration = .seconds(30)) throws {
    self.path = path
    self.mode = mode
    self.patience = patience
    database = try translatingFailures(path: path) {
      try StoreOpening(path: path, mode: mode, patience: patience).open()
    }
  }

  /// Closes the file and moves what waits in its log into it; without a call, the last owner's end does the same.
  public func close() throws {
    try translatingFailures(path: path) {
      try bulk.withLock { connection in
        try connection?.close()
        connection = nil
      }
      switch database {
      case .writable(let pool):
        // Who closes last moves the log, and a reader cannot.
        pool.invalidateReadOnlyConnections()
        try pool.close()
      case .readable(let reader): try reader.close()
      }
    }
  }

  /// Runs one transaction of reading: all that it reads belongs to one moment.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translatingFailures(path: path) {
      switch database {
      case .writable(let pool): try pool.read(body)
      case .readable(let reader): try reader.read(body)
      }
    }
  }

  /// Runs one transaction of writing, undone as a whole by any error.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translatingFailures(path: path) { try writer().write(body) }
  }

  /// The connection for rows in bulk, opened when it is first needed.
  func bulkConnection() throws -> BulkConnection {
    try bulk.withLock { connection in
      if let open = connection { return open }
      let opened = try translatingFailures(path: path) {
        BulkConnection(
          try StoreOpening(path: path, mode: mode, patience: patience).openBulk(), pool: try writer())
      }
      connection = opened
      return opened
    }
  }

  /// The pool that writes.
  func writer() throws -> DatabasePool {
    guard case .writable(let pool) = database else { throw StoreFailure.readOnly(path: path) }
    return pool
  }
}
