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
  /// - Throws: `UnacceptableData` for a name that the store does not have and for a recording that continues one which
  ///   is left out, and whatever the body throws.
  public func export(
    recordings: [String]? = nil,
    scorers: [String]? = nil,
    _ body: (TraceRecord) throws -> Void
  ) throws {
    try read { db in
      let selection = try Selection(recordings: recordings, scorers: scorers, in: db, file: path)
      if let recordings { try Self.checkContinued(recordings, in: db, file: path) }
      let predictions = try PredictionTable(selection: selection, in: db)
      let names = try ProvisionalNames(in: db)
      var line = 0
      for problem in try Self.problems(where: "TRUE", in: db) {
        let rollouts = try RolloutLoad(problem: problem.identifier, selection: selection, in: db).rollouts()
        let export = ProblemExport(
          problem: problem.problem, provisionalName: names.name(of: problem), unnamedScorer: names.scorer,
          rollouts: rollouts, selection: selection,
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

extension TraceStore {
  /// Without what they continue, continuations would be lost.
  private static func checkContinued(_ names: [String], in db: Database, file: String) throws {
    let query = """
      SELECT DISTINCT own.name AS own, other.name AS other FROM rollout
      JOIN rollout AS before ON before.id = rollout.parent
      JOIN recording AS own ON own.id = rollout.recording JOIN recording AS other ON other.id = before.recording
      WHERE before.recording <> rollout.recording ORDER BY 1, 2
      """
    for row in try Row.fetchAll(db, sql: query) {
      let (own, other): (String, String) = (row["own"], row["other"])
      guard names.contains(where: own.isSameText), !names.contains(where: other.isSameText) else { continue }
      throw UnacceptableData(
        file: file, field: "recording", found: "recording \(own) without recording \(other), which it continues",
        expected: "both", remedy: "name \(other), too")
    }
  }
}

/// The predictions of the sources by problem and recording.
private struct PredictionTable {
  private var values: [Int64: [Int: [StatedPrediction]]] = [:]

  init(selection: Selection, in db: Database) throws {
    let part = try StoreSchema.hasOrigins(db) ? "part" : "0"
    let statement = try PreparedStatement(
      db,
      """
      SELECT problem, recording, name, value, prediction.source, \(part) AS part FROM prediction
      JOIN source ON source.id = prediction.source ORDER BY problem, recording, source.sha256, part, name, value
      """)
    while try statement.step() {
      let recording = Int(selection.recordingRank[statement.integer(1)])
      guard recording >= 0 else { continue }
      values[statement.integer(0), default: [:]][recording, default: []].append(
        StatedPrediction(
          origin: RolloutOrigin(source: statement.integer(4), part: statement.integer(5)),
          name: statement.text(2) ?? "", value: statement.text(3) ?? ""))
    }
  }

  func byRecording(problem: Int64) -> [Int: [StatedPrediction]] { values[problem] ?? [:] }
}
