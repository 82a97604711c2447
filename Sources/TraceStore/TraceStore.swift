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
  private let access: Mutex<Access>
  private let patience: Duration
  private let bulk = Mutex<BulkConnection?>(nil)

  /// The ways into the file: a pool that can write, readers only, or a file that has not got its name yet.
  enum Access: Sendable {
    case writable(DatabasePool)
    case readable(any DatabaseReader)
    case draft(StoreDraft)
  }

  /// Opens a store, or makes one where the mode allows it.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - mode: What may be done with it.
  ///   - patience: How long a writer waits for another process before it gives up.
  ///   - draft: How long a store that is missing is filled where nobody sees it, which is faster; it gets its name between
  ///     two batches when that is over, or by `publish()` or `close()`, and is dropped without these. With `nil` it has
  ///     its name at once.
  /// - Throws: `UnacceptableData` for a missing file, a file that is no SQLite database or no store, or one of a later
  ///   schema; `StoreFailure` where the file cannot be opened or written.
  public init(path: String, mode: StoreMode, patience: Duration = .seconds(30), draft: DraftLimit? = nil) throws {
    self.path = path
    self.mode = mode
    self.patience = patience
    let opening = StoreOpening(path: path, mode: mode, patience: patience)
    try opening.checkName()
    if let draft, mode == .create, let draft = opening.draft(upTo: draft) {
      access = Mutex(.draft(draft))
    } else {
      access = Mutex(try translatingFailures(path: path) { try opening.open() })
    }
  }

  /// Closes the file and moves what waits in its log into it; without a call, the last owner's end does the same.
  ///
  /// A draft gets its name.
  ///
  /// - Throws: `DraftRefusal` where that is taken.
  public func close() throws {
    try translatingFailures(path: path) {
      try closeBulk()
      switch access.withLock({ $0 }) {
      case .writable(let pool):
        // Who closes last moves the log, and a reader cannot.
        pool.invalidateReadOnlyConnections()
        try pool.close()
      case .readable(let reader): try reader.close()
      case .draft(let draft): try draft.publish()
      }
    }
  }

  /// Gives a draft its name; it is closed then. Without effect on a store that has its name.
  ///
  /// - Throws: `DraftRefusal` where the name is taken.
  public func publish() throws {
    if draft != nil { try close() }
  }

  /// Gives a draft its name where it is time to, and goes on with the store that it is now.
  ///
  /// - Throws: `DraftRefusal` where the name is taken.
  func publishDueDraft() throws {
    guard let draft, draft.isDue else { return }
    let opened = try translatingFailures(path: path) {
      try closeBulk()
      try draft.publish()
      return try StoreOpening(path: path, mode: mode, patience: patience).open()
    }
    access.withLock { $0 = opened }
  }

  /// The file without a name that the store still is.
  var draft: StoreDraft? {
    if case .draft(let draft) = access.withLock({ $0 }) { draft } else { nil }
  }

  private func closeBulk() throws {
    try bulk.withLock { connection in
      try connection?.close()
      connection = nil
    }
  }

  /// Runs one transaction of reading: all that it reads belongs to one moment.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translatingFailures(path: path) {
      switch access.withLock({ $0 }) {
      case .writable(let pool): try pool.read(body)
      case .readable(let reader): try reader.read(body)
      case .draft(let draft): try draft.queue.read(body)
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
      let opened = try translatingFailures(path: path) { try openBulk() }
      connection = opened
      return opened
    }
  }

  private func openBulk() throws -> BulkConnection {
    let opening = StoreOpening(path: path, mode: mode, patience: patience)
    switch access.withLock({ $0 }) {
    case .writable(let pool): return BulkConnection(try opening.openBulk(), beside: LogCheckpointer(pool))
    case .draft(let draft): return try draft.openBulk(opening.bulkConfiguration())
    case .readable: throw StoreFailure.readOnly(path: path)
    }
  }

  /// What writes everything but rows in bulk.
  func writer() throws -> any DatabaseWriter {
    switch access.withLock({ $0 }) {
    case .writable(let pool): return pool
    case .draft(let draft): return draft.queue
    case .readable: throw StoreFailure.readOnly(path: path)
    }
  }
}
