import Dispatch
import GRDB
import Synchronization

/// Moves SQLite's write-ahead log into the file on another thread, so that the writer need not stop for the copying and
/// for the disk.
///
/// The writer begins the log anew only when all of it has been moved, which never happens while it writes on. Where the
/// log has become long, the writer therefore waits once for the rest to be moved.
final class LogCheckpointer: BulkAttendance {
  /// The length of the log, in pages, from which on the writer waits: 64 MB of pages of 32 KiB.
  private static let longLog = 2048

  private struct State {
    var isMoving = false
    /// The log's length when it was last looked at.
    var length = 0
    /// The length from which on the writer waits.
    var limit = LogCheckpointer.longLog
  }

  private let pool: DatabasePool
  private let state = Mutex(State())
  private let moving = DispatchGroup()

  /// - Parameter pool: Whose writing connection moves the log; it must not be the one that writes.
  init(_ pool: DatabasePool) { self.pool = pool }

  /// Called after a transaction: begins to move what is in the log, unless that is under way.
  func hasGrown() {
    let (begins, isLong) = state.withLock { state in
      defer { state.isMoving = true }
      return (!state.isMoving, state.length >= state.limit)
    }
    if begins {
      moving.enter()
      pool.asyncWriteWithoutTransaction { db in
        self.move(db)
        self.state.withLock { $0.isMoving = false }
        self.moving.leave()
      }
    }
    if isLong { finish() }
  }

  /// Waits until all of the log is moved, as far as readers allow it; the writer must not write meanwhile.
  func finish() {
    moving.wait()
    let isMoved = pool.writeWithoutTransaction { move($0) }
    state.withLock { state in
      // A reader that stays holds the rest of the log: no use to wait for it at every transaction.
      state.limit = Self.longLog + (isMoved ? 0 : state.length)
      if isMoved { state.length = 0 }
    }
  }

  /// A failure leaves the log as it is: what is in it is safe, and the next move takes it along.
  ///
  /// - Returns: Whether all that was in the log is moved.
  @discardableResult
  private func move(_ db: Database) -> Bool {
    guard let (length, moved) = try? db.checkpoint(.passive) else { return false }
    state.withLock { $0.length = length }
    return moved >= length
  }
}
