import GRDB

/// The statements that an ingest runs for every record or run of rollouts; the connection keeps them from one transaction
/// to the next.
struct IngestStatements {
  let findProblem: PreparedStatement
  let insertProblem: PreparedStatement
  let completeProblem: PreparedStatement
  let hasAnswers: PreparedStatement
  let findRecording: PreparedStatement
  let insertRecording: PreparedStatement
  let completeRecording: PreparedStatement
  let findScorer: PreparedStatement
  let insertScorer: PreparedStatement
  let findClass: PreparedStatement
  let insertClass: PreparedStatement
  let updateClass: PreparedStatement
  let lastPosition: PreparedStatement
  let findParent: PreparedStatement
  let findStoredParent: PreparedStatement
  let findKeys: PreparedStatement
  let lastRows: PreparedStatement
  let insertPlainRollouts: RowInsertion
  let insertTexts: RowInsertion
  let insertScores: RowInsertion
  let insertPrediction: PreparedStatement
  let findName: PreparedStatement
  let insertName: PreparedStatement
  let insertUnnamedScorer: PreparedStatement
  let isProvisional: PreparedStatement
  let renameProblem: PreparedStatement
  let amendments: Amendments

  init(_ db: Database, source: Int64) throws {
    func prepare(_ sql: String) throws -> PreparedStatement { try PreparedStatement(keptBy: db, sql) }
    amendments = try Amendments(db, source: source)
    findProblem = try prepare(ProblemRow.find)
    insertProblem = try prepare(ProblemRow.insert)
    completeProblem = try prepare(ProblemRow.complete)
    hasAnswers = try prepare("SELECT EXISTS (SELECT 1 FROM answer_class WHERE problem = ?)")
    findRecording = try prepare(RecordingRow.find)
    insertRecording = try prepare(RecordingRow.insert)
    completeRecording = try prepare(RecordingRow.complete)
    findScorer = try prepare(ScorerRow.scales)
    insertScorer = try prepare(ScorerRow.insert)
    findClass = try prepare("SELECT id, form, is_right, status FROM answer_class WHERE problem = ? AND key = ?")
    insertClass = try prepare(
      "INSERT INTO answer_class (problem, key, form, is_right, status) VALUES (?, ?, ?, ?, ?)")
    updateClass = try prepare("UPDATE answer_class SET form = ?, status = ? WHERE id = ?")
    lastPosition = try prepare("SELECT max(position) FROM rollout WHERE problem = ? AND source = ?")
    findParent = try prepare(
      "SELECT id, depth, finish, recording FROM rollout WHERE problem = ? AND source = ? AND position = ?")
    findStoredParent = try prepare(Self.storedParent)
    findKeys = try prepare("SELECT step_keys, parent, parent_step FROM rollout WHERE id = ?")
    lastRows = try prepare(
      "SELECT coalesce((SELECT max(id) FROM rollout), 0), coalesce((SELECT max(rollout) FROM rollout_text), 0)")
    insertPlainRollouts = try RowInsertion(db, RolloutRows.plainForm)
    insertTexts = try RowInsertion(db, TextRows.form)
    insertScores = try RowInsertion(db, ScoreRows.form)
    findName = try prepare(
      """
      SELECT \(ProblemRow.columns) FROM problem
      WHERE id IN (SELECT problem FROM provisional_name WHERE source = ? AND name = ?) ORDER BY id
      """)
    insertName = try prepare(
      "INSERT OR IGNORE INTO provisional_name (source, name, qualified, problem) VALUES (?, ?, ?, ?)")
    insertUnnamedScorer = try prepare("INSERT OR IGNORE INTO unnamed_scorer (source, scorer) VALUES (?, ?)")
    isProvisional = try prepare(Self.isProvisional)
    renameProblem = try prepare("UPDATE problem SET key = ? WHERE id = ?")
    insertPrediction = try prepare(
      "INSERT OR IGNORE INTO prediction (problem, recording, source, part, name, value) VALUES (?, ?, ?, ?, ?, ?)")
  }

  private static let isProvisional = """
    SELECT EXISTS (SELECT 1 FROM provisional_name WHERE problem = ?1) AND NOT EXISTS (
      SELECT 1 FROM rollout
      WHERE problem = ?1 AND source NOT IN (SELECT source FROM provisional_name WHERE problem = ?1))
    """

  private static let storedParent = """
    SELECT rollout.id, rollout.depth, rollout.finish, rollout.recording
    FROM rollout
    JOIN source ON source.id = rollout.source
    WHERE rollout.problem = ? AND rollout.recording = (SELECT id FROM recording WHERE name = ?) AND source.id <> ?
    ORDER BY source.sha256, rollout.position LIMIT 1 OFFSET ?
    """
}
