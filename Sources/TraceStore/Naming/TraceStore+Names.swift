import GRDB
import Traces

extension TraceStore {
  /// Joins problems that are one under different names, and names the scorers of sources that name none, as `NamePlan`
  /// and `ScorerNames` say: what to do when sources have been completed. Done again, it changes nothing.
  ///
  /// - Returns: How many problems fewer the store has.
  @discardableResult
  public func settleNames() throws -> Int {
    try translatingFailures(path: path) {
      try writer().writeWithoutTransaction { db in
        // With foreign keys on, SQLite would search all rollouts for each class that goes; none is left behind.
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        var removed = 0
        try db.inTransaction(.immediate) {
          removed = try ProblemJoining(db).run()
          try ScorerNames(db).settle()
          return .commit
        }
        return removed
      }
    }
  }
}
