import GRDB
import Traces

extension TraceStore {
  /// What the store holds; reads numbers only.
  public func summary() throws -> StoreSummary {
    try read { db in
      var summary = StoreSummary()
      summary.recordings = try Self.recordingSummaries(in: db)
      summary.columns = try Self.columnSummaries(in: db)
      for row in try Row.fetchAll(db, sql: "SELECT format, count(*) AS n FROM source GROUP BY format") {
        summary.sources[row["format"]] = row["n"]
      }
      summary.incompleteSources = try String.fetchAll(
        db, sql: "SELECT path FROM source WHERE complete = 0 ORDER BY path")
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      summary.problems = try count("SELECT count(*) FROM problem")
      summary.problemsWithAnswer = try count("SELECT count(answer) FROM problem")
      summary.problemsWithTree = try count("SELECT count(DISTINCT problem) FROM rollout WHERE parent IS NOT NULL")
      summary.problemsWithSharedPrefixes = try count(
        """
        SELECT count(DISTINCT problem) FROM (SELECT problem FROM rollout WHERE parent IS NULL
          GROUP BY problem, substr(step_keys, 1, 8) HAVING count(*) > 1)
        """)
      return summary
    }
  }

  private static func recordingSummaries(in db: Database) throws -> [StoreSummary.OfRecording] {
    let rows = try Row.fetchAll(db, sql: recordingQuery)
    let byIdentifier = Dictionary(uniqueKeysWithValues: rows.map { ($0["recording"] as Int64, $0) })
    return try recordings(in: db).compactMap { stored in
      guard let row = byIdentifier[stored.identifier] else { return nil }
      return StoreSummary.OfRecording(
        recording: stored.recording, problems: row["problems"], rollouts: row["rollouts"], steps: row["steps"],
        rolloutsPerProblem: (row["fewest"] as Int)...(row["most"] as Int), branches: row["branches"],
        complete: row["complete"], right: row["right"], withoutAnswer: row["without_answer"],
        withStepTokens: row["with_step_tokens"], withTotalTokens: row["with_total_tokens"],
        withLogProbabilities: row["with_log_probabilities"])
    }
  }

  private static let recordingQuery = """
    SELECT recording, count(*) AS problems, sum(rollouts) AS rollouts, sum(steps) AS steps, min(chains) AS fewest,
      max(chains) AS most, sum(branches) AS branches, sum(complete) AS complete, sum(right) AS right,
      sum(without_answer) AS without_answer, sum(with_step_tokens) AS with_step_tokens,
      sum(with_total_tokens) AS with_total_tokens, sum(with_log_probabilities) AS with_log_probabilities
    FROM (
      SELECT rollout.recording AS recording, count(*) AS rollouts, sum(steps) AS steps,
        sum(parent IS NULL AND finish <> 'open') AS chains, sum(parent IS NOT NULL) AS branches,
        sum(finish <> 'open') AS complete, sum(finish <> 'open' AND coalesce(is_right, 0)) AS right,
        sum(finish <> 'open' AND answer_class IS NULL) AS without_answer, sum(tokens IS NOT NULL) AS with_step_tokens,
        sum(tokens IS NULL AND total_tokens IS NOT NULL) AS with_total_tokens,
        sum(log_probabilities IS NOT NULL) AS with_log_probabilities
      FROM rollout
      LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
      GROUP BY rollout.problem, rollout.recording)
    GROUP BY recording
    """

  private static func columnSummaries(in db: Database) throws -> [StoreSummary.OfColumn] {
    let selection = try Selection(recordings: nil, scorers: nil, in: db, file: "")
    let statement = try PreparedStatement(
      db,
      """
      SELECT score.scorer, score.scores, rollout.recording
      FROM score JOIN rollout ON rollout.id = score.rollout
      """)
    var tallies = Array(repeating: ColumnTally(), count: selection.columns.count)
    while try statement.step() {
      let column = Int(selection.columnOfScorer[statement.integer(0)])
      guard column >= 0 else { continue }
      tallies[column].add(statement.bytes(1), recording: statement.integer(2))
    }
    let names = Dictionary(uniqueKeysWithValues: selection.recordings.map { ($0.identifier, $0.recording.name) })
    return zip(selection.columns, tallies).compactMap { $1.summary(of: $0, names: names) }
  }
}

/// Counts of one column while its rows go by.
private struct ColumnTally {
  private var rollouts: [Int64: Int] = [:]
  private var scores = 0
  private var low = Double.infinity
  private var high = -Double.infinity

  mutating func add(_ bytes: UnsafeRawBufferPointer, recording: Int64) {
    rollouts[recording, default: 0] += 1
    scores += bytes.count / 8
    for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
      let score = bytes.loadUnaligned(fromByteOffset: offset, as: Double.self)
      low = min(low, score)
      high = max(high, score)
    }
  }

  func summary(of column: ScoreColumn, names: [Int64: String]) -> StoreSummary.OfColumn? {
    guard low <= high else { return nil }
    let byRecording = rollouts.map { (names[$0.key] ?? "", $0.value) }
    return StoreSummary.OfColumn(
      column: column, rollouts: rollouts.values.reduce(0, +), scores: scores, range: low...high,
      rolloutsByRecording: Dictionary(byRecording, uniquingKeysWith: +))
  }
}
