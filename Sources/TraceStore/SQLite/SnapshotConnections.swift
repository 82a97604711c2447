import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Connections that read one moment of a store, each on a thread of its own.
///
/// SQLite gives every connection a moment of its own, and a writer may commit between two of them. So side connections
/// note the version of what they see before the first connection reads, and again in the transaction that they go on to
/// read in; of one that finds another version there, somebody has committed in between, and it is not used. What is
/// loaded is the same with any number of them.
final class SnapshotConnections: @unchecked Sendable {
  // Sendable, since each connection is used by one thread at a time: `run` hands each to one call of its body.
  private let connections: [OpaquePointer]
  private let sides: [SideConnection]

  /// - Parameters:
  ///   - main: A connection in a transaction of reading.
  ///   - sides: Further ones, opened before that transaction began; no others may use them.
  init(main: Database, sides: [SideConnection]) throws {
    guard let handle = main.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store is closed")
    }
    self.sides = sides.filter { $0.joins(handle) }
    connections = [handle] + self.sides.map(\.handle)
  }

  /// The number of connections, 1 or more.
  var count: Int { connections.count }

  /// Runs a body on all connections at once; each takes parts until none is left.
  ///
  /// - Throws: The first error of a body.
  func run(_ parts: Parts, _ body: @Sendable (OpaquePointer, Parts) throws -> Void) throws {
    guard count > 1 else { return try body(connections[0], parts) }
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do {
        try body(connections[index], parts)
      } catch {
        parts.stop()
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// The numbers from 0 to an end in some parts of equal size, which threads take one after the other.
  final class Parts: Sendable {
    private let end: Int
    private let size: Int
    private let taken = Atomic<Int>(0)

    /// - Parameters:
    ///   - end: The first number behind the last one.
    ///   - threads: The threads that take parts: some for each, so that they end at about the same time.
    init(upTo end: Int, threads: Int) {
      self.end = end
      size = threads == 1 ? max(end, 1) : max(1, end / (threads * 8))
    }

    /// The next part; `nil` where there is none left.
    func next() -> Range<Int>? {
      let start = taken.wrappingAdd(1, ordering: .relaxed).oldValue.multipliedReportingOverflow(by: size)
      guard !start.overflow, start.partialValue < end else { return nil }
      return start.partialValue..<min(start.partialValue + size, end)
    }

    /// Leaves no part to take.
    func stop() { taken.store(end, ordering: .relaxed) }
  }
}
