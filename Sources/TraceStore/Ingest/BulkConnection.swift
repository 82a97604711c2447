import GRDB

/// The connection that writes batches of records; its log is moved into the file by another connection, beside it.
final class BulkConnection: Sendable {
  private let queue: DatabaseQueue
  private let log: LogCheckpointer

  /// - Parameters:
  ///   - queue: A writing connection of its own.
  ///   - pool: The store's other connections.
  init(_ queue: DatabaseQueue, pool: DatabasePool) {
    self.queue = queue
    log = LogCheckpointer(pool)
  }

  /// Runs one transaction, undone as a whole by any error.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let value = try queue.writeWithoutTransaction { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db)
        return .commit
      }
      return value
    }
    guard let value else { throw DatabaseError(message: "a transaction without a result") }
    log.hasGrown()
    return value
  }

  /// Moves what is left of the log into the file, as far as readers allow it.
  func finish() { log.finish() }

  /// Closes the connection.
  func close() throws {
    log.finish()
    try queue.close()
  }
}
