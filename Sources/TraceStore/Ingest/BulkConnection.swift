import GRDB

/// What is done on another thread for the connection that writes in bulk.
protocol BulkAttendance: Sendable {
  /// Called after every transaction; does not wait.
  func hasGrown()

  /// Waits until all is done that has to be, as far as others allow it.
  func finish()
}

/// The connection that writes batches of records; what was written is brought into its place beside it.
final class BulkConnection: Sendable {
  private let queue: DatabaseQueue
  private let attendance: any BulkAttendance

  /// - Parameters:
  ///   - queue: A writing connection of its own.
  ///   - attendance: What is done beside it.
  init(_ queue: DatabaseQueue, beside attendance: any BulkAttendance) {
    self.queue = queue
    self.attendance = attendance
  }

  /// Whoever opens the file after its owner is gone finds it at rest.
  deinit { attendance.finish() }

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
    attendance.hasGrown()
    return value
  }

  /// Closes the connection.
  func close() throws {
    attendance.finish()
    try queue.close()
  }
}
