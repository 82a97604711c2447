import GRDB
import Traces

extension TraceStore {
  /// Gives back all that the store holds as records, problem by problem in order of keys, recordings in order of names.
  ///
  /// Written to one file in this order and ingested again, they make a store of equal content, whatever files the
  /// rollouts came from. Positions of parents count over all rollouts of the problem in this order. All records belong to
  /// one moment, also while others write.
  ///
  /// - Parameters:
  ///   - recordings: The names of the recordings to take; all without, and problems without rollouts too.
  ///   - scorers: The names of the scorers whose scores to take; all without.
  ///   - body: Called with each record.
  /// - Throws: `UnacceptableData` for a name that the store does not have, and whatever the body throws.
  public func export(
    recordings: [String]? = nil,
    scorers: [String]? = nil,
    _ body: (TraceRecord) throws -> Void
  ) throws {
    try read { db in
      let selection = try Selection(recordings: recordings, scorers: scorers, in: db, file: path)
      let predictions = try PredictionTable(selection: selection, in: db)
      var line = 0
      for problem in try Self.problems(where: "TRUE", in: db) {
        let rollouts = try RolloutLoad(problem: problem.identifier, selection: selection, in: db).rollouts()
        let export = ProblemExport(
          problem: problem.problem, rollouts: rollouts, selection: selection,
          predictions: predictions.byRecording(problem: problem.identifier))
        for var record in export.records(withEmpty: recordings == nil) {
          line += 1
          record.line = line
          try body(record)
        }
      }
    }
  }
}

/// The predictions of the sources by problem and recording.
private struct PredictionTable {
  private var values: [Int64: [Int: [(name: String, value: String)]]] = [:]

  init(selection: Selection, in db: Database) throws {
    let statement = try PreparedStatement(
      db,
      """
      SELECT DISTINCT problem, recording, name, value FROM prediction ORDER BY problem, recording, name, value
      """)
    while try statement.step() {
      let recording = Int(selection.recordingRank[statement.integer(1)])
      guard recording >= 0 else { continue }
      values[statement.integer(0), default: [:]][recording, default: []].append(
        (statement.text(2) ?? "", statement.text(3) ?? ""))
    }
  }

  func byRecording(problem: Int64) -> [Int: [(name: String, value: String)]] { values[problem] ?? [:] }
}
