import GRDB
import Traces

extension TraceStore {
  /// The problems of the store, ordered by key.
  ///
  /// - Parameter condition: An SQL expression over the columns of a problem, e.g. `level = 5 AND subject = 'Algebra'`;
  ///   without one, all problems.
  /// - Throws: `UnacceptableData` where the condition is no such expression.
  public func problems(where condition: String? = nil) throws -> [StoredProblem] {
    let filter = try condition.map { try ProblemCondition($0).sql } ?? "TRUE"
    return try read { db in
      do {
        return try Self.problems(where: filter, in: db)
      } catch let error as DatabaseError where condition != nil && error.resultCode == .SQLITE_ERROR {
        throw ProblemCondition.unacceptable(condition ?? "", message: error.message ?? "a syntax error")
      }
    }
  }

  /// The problems that were added after the one with the given row, in the order of their rows.
  public func problems(addedAfter identifier: Int64) throws -> [StoredProblem] {
    try read { db in
      try Self.problems(where: "id > \(identifier)", in: db).sorted { $0.identifier < $1.identifier }
    }
  }

  /// The problem with the given key.
  ///
  /// - Throws: `UnacceptableData` where the store has none, with the nearest key.
  public func problem(key: String) throws -> StoredProblem {
    if let problem = try findProblem(key: key) { return problem }
    let known = try read { try String.fetchAll($0, sql: "SELECT key FROM problem ORDER BY key") }
    throw UnknownName.refusal(of: key, kind: "problem", known: known, file: path)
  }

  /// The problem with the given key, or `nil` where the store has none.
  public func findProblem(key: String) throws -> StoredProblem? {
    try read { db in
      let statement = try PreparedStatement(db, "SELECT id, \(ProblemRow.columns) FROM problem WHERE key = ?")
      statement.bind(1, key)
      guard try statement.step() else { return nil }
      return StoredProblem(identifier: statement.integer(0), problem: ProblemRow.problem(statement, from: 1))
    }
  }

  /// The recordings of the store, ordered by name.
  public func recordings() throws -> [StoredRecording] {
    try read { try Self.recordings(in: $0) }
  }

  /// The scorers of the store, ordered by name, the step channel before the prefix channel.
  public func scorers() throws -> [StoredScorer] {
    try read { try Self.scorers(in: $0) }
  }

  static func problems(where filter: String, in db: Database) throws -> [StoredProblem] {
    let statement = try PreparedStatement(
      db, "SELECT id, \(ProblemRow.columns) FROM problem WHERE \(filter) ORDER BY key")
    var problems: [StoredProblem] = []
    while try statement.step() {
      problems.append(
        StoredProblem(identifier: statement.integer(0), problem: ProblemRow.problem(statement, from: 1)))
    }
    return problems
  }

  static func recordings(in db: Database) throws -> [StoredRecording] {
    let statement = try PreparedStatement(db, "SELECT id, \(RecordingRow.columns) FROM recording ORDER BY name")
    var recordings: [StoredRecording] = []
    while try statement.step() {
      recordings.append(
        StoredRecording(identifier: statement.integer(0), recording: RecordingRow.recording(statement, from: 1)))
    }
    return recordings
  }

  static func scorers(in db: Database) throws -> [StoredScorer] {
    // Of two channels of one name, the step channel comes first.
    let statement = try PreparedStatement(
      db, "SELECT id, name, channel, scale FROM scorer ORDER BY name, channel DESC")
    var scorers: [StoredScorer] = []
    while try statement.step() {
      let column = ScoreColumn(
        scorer: statement.text(1) ?? "", channel: ScoreChannel(rawValue: statement.text(2) ?? "") ?? .step,
        scale: ScoreScale(rawValue: statement.text(3) ?? "") ?? .unbounded)
      scorers.append(StoredScorer(identifier: statement.integer(0), column: column))
    }
    return scorers
  }
}
