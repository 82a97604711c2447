import GRDB
import Traces

extension TraceStore {
  /// All that replay needs of a problem, without touching a text.
  ///
  /// Segments are ordered by recording, then by the source's content and the position in it; answer classes count from
  /// the class of right answers, 0, by first appearance. So the result does not depend on the order of ingest.
  ///
  /// - Parameters:
  ///   - problem: A problem of this store.
  ///   - recordings: The names of the recordings to take; all without.
  ///   - scorers: The names of the scorers whose columns to take; all without.
  /// - Throws: `UnacceptableData` for a name that the store does not have.
  public func segments(
    of problem: StoredProblem,
    recordings: [String]? = nil,
    scorers: [String]? = nil
  ) throws -> RecordedSegments {
    try read { db in
      let selection = try Selection(recordings: recordings, scorers: scorers, in: db, file: path)
      let load = SegmentLoad(problems: [problem], selection: selection)
      let rollouts = try PreparedStatement(
        db, "SELECT \(RolloutRun.columns) FROM rollout WHERE problem = ? ORDER BY id")
      rollouts.bind(1, problem.identifier)
      try load.addRollouts(of: rollouts)
      let right = try Int32.fetchAll(
        db, sql: "SELECT id FROM answer_class WHERE problem = ? AND is_right = 1", arguments: [problem.identifier])
      load.settle(0..<1, rightClasses: Set(right))
      if !selection.columns.isEmpty {
        try load.addScores(of: Self.scores(of: problem, in: db), places: load.places(lastRollout: 0))
      }
      return load.finish()[0]
    }
  }

  /// All that replay needs of many problems, in one pass over the store; the same as problem by problem.
  ///
  /// - Parameters:
  ///   - problems: Problems of this store.
  ///   - recordings: The names of the recordings to take; all without.
  ///   - scorers: The names of the scorers whose columns to take; all without.
  ///   - threads: The threads that read, 1 or more; the result does not depend on them.
  /// - Returns: The segments of each problem, in the order of `problems`.
  /// - Throws: `UnacceptableData` for a name that the store does not have.
  public func segments(
    of problems: [StoredProblem],
    recordings: [String]? = nil,
    scorers: [String]? = nil,
    threads: Int = 1
  ) throws -> [RecordedSegments] {
    let sides = (1..<max(threads, 1)).map { _ in SideConnection(path: path) }
    return try read { db in
      let connections = try SnapshotConnections(main: db, sides: sides.compactMap { $0 })
      let selection = try Selection(recordings: recordings, scorers: scorers, in: db, file: path)
      let load = SegmentLoad(problems: problems, selection: selection)
      let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM rollout") ?? 0
      try connections.run(.init(upTo: last + 1, threads: connections.count)) { connection, parts in
        let query = "SELECT \(RolloutRun.columns) FROM rollout WHERE id >= ? AND id < ? ORDER BY id"
        let statement = try PreparedStatement(connection: connection, query)
        while let part = parts.next() { try load.addRollouts(of: statement.bound(to: part)) }
      }
      let right = Set(try Int32.fetchAll(db, sql: "SELECT id FROM answer_class WHERE is_right = 1"))
      try connections.run(.init(upTo: problems.count, threads: connections.count)) { _, parts in
        while let part = parts.next() { load.settle(part, rightClasses: right) }
      }
      if !selection.columns.isEmpty { try Self.addScores(to: load, lastRollout: last, connections, in: db) }
      return load.finish()
    }
  }

  private static func addScores(
    to load: SegmentLoad,
    lastRollout: Int,
    _ connections: SnapshotConnections,
    in db: Database
  ) throws {
    let places = load.places(lastRollout: lastRollout)
    let last = try Int.fetchOne(db, sql: "SELECT max(rowid) FROM score") ?? 0
    try connections.run(.init(upTo: last + 1, threads: connections.count)) { connection, parts in
      let query = "SELECT rollout, scorer, scores FROM score WHERE rowid >= ? AND rowid < ?"
      let statement = try PreparedStatement(connection: connection, query)
      while let part = parts.next() { try load.addScores(of: statement.bound(to: part), places: places) }
    }
  }

  /// The tree of a problem's recorded steps.
  ///
  /// - Parameter mergePrefixes: Whether equal steps after equal prefixes become one node.
  /// - Throws: `UnacceptableData` for a name that the store does not have; `TraceTreeError` never for a store that
  ///   passed ingest.
  public func tree(
    of problem: StoredProblem,
    recordings: [String]? = nil,
    scorers: [String]? = nil,
    mergePrefixes: Bool = true
  ) throws -> TraceTree {
    let segments = try segments(of: problem, recordings: recordings, scorers: scorers)
    return try TraceTree(problem: problem.problem, segments: segments, mergePrefixes: mergePrefixes)
  }

  private static func scores(of problem: StoredProblem, in db: Database) throws -> PreparedStatement {
    let statement = try PreparedStatement(
      db,
      """
      SELECT score.rollout, score.scorer, score.scores
      FROM rollout CROSS JOIN score ON score.rollout = rollout.id WHERE rollout.problem = ?
      """)
    statement.bind(1, problem.identifier)
    return statement
  }
}

extension PreparedStatement {
  /// The statement with its first two parameters bound to the ends of a range of rows.
  fileprivate func bound(to rows: Range<Int>) -> PreparedStatement {
    bind(1, rows.lowerBound)
    bind(2, rows.upperBound)
    return self
  }
}
