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
      var load = SegmentLoad(problems: [problem], selection: selection, lastRollout: 0)
      let rollouts = try PreparedStatement(
        db, "SELECT \(SegmentLoad.rolloutColumns) FROM rollout WHERE problem = ? ORDER BY id")
      rollouts.bind(1, problem.identifier)
      try load.addSegments(of: rollouts)
      if !selection.columns.isEmpty { try load.addScores(of: Self.scores(of: problem, in: db)) }
      let right = try Int32.fetchAll(
        db, sql: "SELECT id FROM answer_class WHERE problem = ? AND is_right = 1", arguments: [problem.identifier])
      return load.finish(rightClasses: Set(right))[0]
    }
  }

  /// All that replay needs of many problems, in one pass over the store; the same as problem by problem.
  ///
  /// - Returns: The segments of each problem, in the order of `problems`.
  public func segments(
    of problems: [StoredProblem],
    recordings: [String]? = nil,
    scorers: [String]? = nil
  ) throws -> [RecordedSegments] {
    try read { db in
      let selection = try Selection(recordings: recordings, scorers: scorers, in: db, file: path)
      let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM rollout") ?? 0
      var load = SegmentLoad(problems: problems, selection: selection, lastRollout: last)
      try load.addSegments(
        of: PreparedStatement(db, "SELECT \(SegmentLoad.rolloutColumns) FROM rollout ORDER BY id"))
      if !selection.columns.isEmpty {
        try load.addScores(of: PreparedStatement(db, "SELECT rollout, scorer, scores FROM score"))
      }
      let right = try Int32.fetchAll(db, sql: "SELECT id FROM answer_class WHERE is_right = 1")
      return load.finish(rightClasses: Set(right))
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
