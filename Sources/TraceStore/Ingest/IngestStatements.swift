import GRDB

/// The statements that an ingest runs for every record or rollout.
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
  let insertRollout: PreparedStatement
  let insertText: PreparedStatement
  let insertScore: PreparedStatement
  let insertPrediction: PreparedStatement
  let amendments: Amendments

  init(_ db: Database, source: Int64) throws {
    func prepare(_ sql: String) throws -> PreparedStatement { try PreparedStatement(db, sql) }
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
    insertRollout = try prepare(Self.rolloutInsertion)
    insertText = try prepare("INSERT INTO rollout_text (rollout, text, answer, stated_answer) VALUES (?, ?, ?, ?)")
    insertScore = try prepare(ScoreRow.insert)
    insertPrediction = try prepare(
      "INSERT OR IGNORE INTO prediction (problem, recording, source, name, value) VALUES (?, ?, ?, ?, ?)")
  }

  private static let storedParent = """
    SELECT rollout.id, rollout.depth, rollout.finish
    FROM rollout
    JOIN source ON source.id = rollout.source
    WHERE rollout.problem = ? AND rollout.recording = (SELECT id FROM recording WHERE name = ?) AND source.id <> ?
    ORDER BY source.sha256, rollout.position LIMIT 1 OFFSET ?
    """

  private static let rolloutInsertion = """
    INSERT INTO rollout (problem, recording, source, position, parent, parent_step, steps, finish, answer_class,
      source_verdict, total_tokens, step_ends, step_keys, tokens, log_probabilities)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
}
