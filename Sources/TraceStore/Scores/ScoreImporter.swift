import GRDB
import Traces

/// Finds the rollouts that imported scores belong to, checks the scores, and adds them.
struct ScoreImporter {
  var report = ScoreImportReport()
  private let db: Database
  private let directory: RolloutDirectory
  private let findScorer: PreparedStatement
  private let insertScorer: PreparedStatement
  private let insert: PreparedStatement
  private let find: PreparedStatement
  private let findKeys: PreparedStatement
  private var scorers: [ScoreColumn: Int64] = [:]
  private var checks = RolloutChecks()

  init(_ db: Database, store: String) throws {
    self.db = db
    directory = try RolloutDirectory(db, store: store)
    findScorer = try PreparedStatement(db, ScorerRow.scales)
    insertScorer = try PreparedStatement(db, ScorerRow.insert)
    insert = try PreparedStatement(db, ScoreRow.importIfMissing)
    find = try PreparedStatement(db, "SELECT scores FROM score WHERE rollout = ? AND scorer = ?")
    findKeys = try PreparedStatement(db, "SELECT step_keys FROM rollout WHERE id = ?")
  }

  /// Adds the scores of one line; all of the line, or nothing of it.
  mutating func add(_ line: ImportedScores) throws {
    let rollout = try rollout(of: line)
    let lists = line.lists
    for list in lists { try check(list, of: line, steps: rollout.steps) }
    // The first list is compared as it is added, before anything else is.
    try compareStored(lists.dropFirst(), of: line, rollout: rollout.identifier)
    for list in lists {
      let row = ScoreRow(
        rollout: rollout.identifier, scorer: try identifier(of: line.column(list.channel)), scale: line.scale,
        scores: list.scores)
      try row.write(with: insert)
      if db.changesCount == 1 {
        report.lists += 1
        report.scores += list.scores.count
      } else {
        try compare(row, field: list.field)
        report.unchanged += 1
      }
    }
  }

  /// The report with the coverage that the store has now.
  consuming func finish() throws -> ScoreImportReport {
    let columns = scorers.sorted { ($0.key.scorer, $1.key.channel.rawValue) < ($1.key.scorer, $0.key.channel.rawValue) }
    for (column, scorer) in columns {
      let rows = try Row.fetchAll(db, sql: Self.coverage, arguments: [scorer])
      report.coverage += rows.map { row in
        ScoreImportReport.OfRecording(
          column: column, recording: row["name"], scored: row["scored"], rollouts: row["rollouts"])
      }
    }
    return report
  }

  private static let coverage = """
    SELECT recording.name AS name, count(*) AS rollouts, count(score.scorer) AS scored
    FROM rollout
    JOIN recording ON recording.id = rollout.recording
    LEFT JOIN score ON score.rollout = rollout.id AND score.scorer = ?
    GROUP BY rollout.recording ORDER BY recording.name
    """

  private mutating func identifier(of column: ScoreColumn) throws -> Int64 {
    if let known = scorers[column] { return known }
    let identifier = try ScorerRow(column).write(find: findScorer, insert: insertScorer, source: nil)
    scorers[column] = identifier
    return identifier
  }

  private func check(
    _ list: (channel: ScoreChannel, field: String, scores: [Double]),
    of line: ImportedScores,
    steps: Int
  ) throws {
    guard list.scores.count == steps else {
      throw UnacceptableData(
        field: list.field, found: list.scores.count.counted("score"),
        expected: "\(steps), one for each own step of rollout \(line.rollout) of problem \(line.problem)")
    }
    for (step, score) in list.scores.enumerated() where !line.scale.contains(score) {
      throw UnacceptableData(
        field: "\(list.field)[\(step)]", found: "\(score)", expected: line.scale.expectation,
        remedy: line.scale == .probability ? "for scores of another scale, say so: --scale logit or unbounded" : nil)
    }
  }

  /// The rollout that a line names; where its check is another's, since rollouts were added to the recording after the
  /// requests were written, the one rollout of problem and recording that has the check.
  private mutating func rollout(of line: ImportedScores) throws -> RolloutDirectory.Entry {
    let siblings = try directory.rollouts(besides: line)
    let named = siblings[line.rollout]
    guard let check = line.check, let stored = try checkText(of: named), stored != check else { return named }
    if let moved = try checks.only(check, among: siblings, text: checkText) { return moved }
    throw UnacceptableData(
      field: "check", found: quoted(check),
      expected:
        "\(quoted(stored)), the check of rollout \(line.rollout) of problem \(line.problem), or that of one other "
        + "rollout of its recording",
      remedy: "the scores are for other steps, or for several rollouts with the same ones: write the requests again")
  }

  private func checkText(of rollout: RolloutDirectory.Entry) throws -> String? {
    findKeys.bind(1, rollout.identifier)
    defer { findKeys.reset() }
    return try findKeys.step() ? RolloutCheck.text(keys: findKeys.packed(0, as: UInt64.self)) : nil
  }

  /// Compares lists of a line with what the store has before the first is added, so that none is where one differs.
  private func compareStored(
    _ lists: ArraySlice<(channel: ScoreChannel, field: String, scores: [Double])>, of line: ImportedScores,
    rollout: Int64
  ) throws {
    for list in lists {
      let column = line.column(list.channel)
      guard let scorer = try scorers[column] ?? ScorerRow(column).find(with: findScorer) else { continue }
      try compare(
        ScoreRow(rollout: rollout, scorer: scorer, scale: line.scale, scores: list.scores), field: list.field)
    }
  }

  private func compare(_ row: ScoreRow, field: String) throws {
    find.bind(1, row.rollout)
    find.bind(2, row.scorer)
    defer { find.reset() }
    guard try find.step() else { return }
    let stored = find.packed(0, as: Double.self)
    guard stored.map(\.bitPattern) != row.scores.map(\.bitPattern) else { return }
    throw UnacceptableData(
      field: field, found: "scores that differ from those that the store has of this scorer for the same rollout",
      expected: "each rollout once, or the same scores again",
      remedy: "give the other scores a scorer name of their own with --scorer NAME")
  }
}
