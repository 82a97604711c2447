import GRDB
import Traces

/// Names the scorer of sources whose format names none: the one that the other sources name, as long as it is one only;
/// else the reader's word for an unnamed one. A function of the complete sources, not of their order.
struct ScorerNames {
  /// The readers' word for a scorer that nobody names.
  static let unnamed = "prm"

  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Gives the scores of all such sources the name that they should have.
  func settle() throws {
    let sources = try Row.fetchAll(
      db,
      sql: """
        SELECT unnamed_scorer.source, unnamed_scorer.scorer FROM unnamed_scorer
        JOIN source ON source.id = unnamed_scorer.source WHERE source.complete = 1 ORDER BY unnamed_scorer.source
        """)
    guard !sources.isEmpty else { return }
    let named = try String.fetchAll(db, sql: Self.named)
    let name = named.count == 1 ? named[0] : Self.unnamed
    for row in sources {
      let present: String = row["scorer"]
      if !present.isSameText(as: name) { try rename(present, to: name, of: row["source"]) }
    }
  }

  /// The scorers that files name: imported scores do not count.
  private static let named = """
    SELECT DISTINCT scorer.name FROM scorer
    JOIN score ON score.scorer = scorer.id AND score.imported = 0
    JOIN rollout ON rollout.id = score.rollout
    JOIN source ON source.id = rollout.source AND source.complete = 1
    WHERE NOT EXISTS (
      SELECT 1 FROM unnamed_scorer
      WHERE unnamed_scorer.source = source.id AND unnamed_scorer.scorer = scorer.name)
    ORDER BY scorer.name
    """

  private func rename(_ old: String, to name: String, of source: Int64) throws {
    let channels = try Row.fetchAll(db, sql: "SELECT id, channel, scale FROM scorer WHERE name = ?", arguments: [old])
    let scales = try String.fetchAll(db, sql: "SELECT scale FROM scorer WHERE name = ?", arguments: [name])
    // Scores on another scale, or besides those that the scorer has given already, are another's.
    guard Set(scales).union(channels.map { $0["scale"] as String }).count <= 1, try !hasScores(of: name, source)
    else { return }
    for channel in channels {
      try rename(channel["id"], to: name, channel["channel"], channel["scale"], of: source)
    }
    try db.execute(sql: "UPDATE unnamed_scorer SET scorer = ? WHERE source = ?", arguments: [name, source])
  }

  private func hasScores(of name: String, _ source: Int64) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM rollout JOIN score ON score.rollout = rollout.id
          WHERE rollout.source = ? AND score.scorer IN (SELECT id FROM scorer WHERE name = ?))
        """, arguments: [source, name]) ?? false
  }

  private func rename(
    _ old: Int64, to name: String, _ channel: String, _ scale: String, of source: Int64
  ) throws {
    let arguments: StatementArguments = [old, source]
    let isUsed = try Bool.fetchOne(db, sql: "SELECT EXISTS (\(Self.scores))", arguments: arguments)
    guard isUsed == true else { return }
    let column = ScoreColumn(
      scorer: name, channel: ScoreChannel(rawValue: channel) ?? .step, scale: ScoreScale(rawValue: scale) ?? .unbounded)
    let new = try ScorerRow(column).write(
      find: PreparedStatement(keptBy: db, ScorerRow.scales), insert: PreparedStatement(keptBy: db, ScorerRow.insert),
      source: source)
    try db.execute(
      sql: "UPDATE score SET scorer = ? WHERE rowid IN (\(Self.scores))", arguments: [new, old, source])
    try db.execute(
      sql: "DELETE FROM scorer WHERE id = ? AND NOT EXISTS (SELECT 1 FROM score WHERE scorer = scorer.id)",
      arguments: [old])
  }

  private static let scores =
    "SELECT rowid FROM score WHERE scorer = ? AND rollout IN (SELECT id FROM rollout WHERE source = ?)"
}
