import GRDB
import Traces

extension TraceStore {
  /// What the store holds; reads numbers only.
  public func summary() throws -> StoreSummary {
    try read { db in
      var summary = StoreSummary()
      let tally = try RolloutTally(of: try Self.recordings(in: db), in: db)
      summary.recordings = tally.summaries()
      summary.columns = try Self.columnSummaries(recordingOfRollout: tally.recordingOfRollout, in: db)
      for row in try Row.fetchAll(db, sql: "SELECT format, count(*) AS n FROM source GROUP BY format") {
        summary.sources[row["format"]] = row["n"]
      }
      summary.incompleteSources = try String.fetchAll(
        db, sql: "SELECT path FROM source WHERE complete = 0 ORDER BY path")
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      summary.problems = try count("SELECT count(*) FROM problem")
      summary.problemsWithAnswer = try count("SELECT count(answer) FROM problem")
      summary.problemsWithTree = tally.problemsWithTree
      summary.problemsWithSharedPrefixes = tally.problemsWithSharedPrefixes
      return summary
    }
  }

  private static func columnSummaries(
    recordingOfRollout: RowMap<Int32>,
    in db: Database
  ) throws -> [StoreSummary.OfColumn] {
    let selection = try Selection(recordings: nil, scorers: nil, in: db, file: "")
    let statement = try PreparedStatement(db, "SELECT scorer, rollout, scores FROM score")
    let empty = ColumnTally(recordings: selection.recordings.count)
    var tallies = Array(repeating: empty, count: selection.columns.count)
    while try statement.step() {
      let column = Int(selection.columnOfScorer[statement.integer(0)])
      let recording = Int(recordingOfRollout[statement.integer(1)])
      guard column >= 0, recording >= 0 else { continue }
      tallies[column].add(statement.bytes(2), recording: recording)
    }
    let names = selection.recordings.map(\.recording.name)
    return zip(selection.columns, tallies).compactMap { $1.summary(of: $0, names: names) }
  }

  /// Of each recording with complete rollouts: its name, how many these are and how many of them have no answer.
  public func answerCounts() throws -> [(recording: String, complete: Int, withoutAnswer: Int)] {
    try read { db in
      let query = """
        SELECT name, complete, without_answer FROM recording JOIN (
          SELECT recording, count(*) AS complete, count(*) - count(answer_class) AS without_answer
          FROM rollout WHERE finish <> 'open' GROUP BY recording) AS counts ON counts.recording = recording.id
        ORDER BY name
        """
      return try Row.fetchAll(db, sql: query).map { ($0["name"], $0["complete"], $0["without_answer"]) }
    }
  }
}

/// Counts of one column while its rows go by.
private struct ColumnTally {
  /// Rollouts with scores, by the rank of the recording.
  private var rollouts: [Int]
  private var scores = 0
  private var low = Double.infinity
  private var high = -Double.infinity

  init(recordings: Int) { rollouts = Array(repeating: 0, count: recordings) }

  mutating func add(_ bytes: UnsafeRawBufferPointer, recording: Int) {
    rollouts[recording] += 1
    scores += bytes.count / 8
    for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
      let score = bytes.loadUnaligned(fromByteOffset: offset, as: Double.self)
      low = min(low, score)
      high = max(high, score)
    }
  }

  func summary(of column: ScoreColumn, names: [String]) -> StoreSummary.OfColumn? {
    guard low <= high else { return nil }
    let byRecording = zip(names, rollouts).filter { $1 > 0 }
    return StoreSummary.OfColumn(
      column: column, rollouts: rollouts.reduce(0, +), scores: scores, range: low...high,
      rolloutsByRecording: Dictionary(byRecording, uniquingKeysWith: +))
  }
}
