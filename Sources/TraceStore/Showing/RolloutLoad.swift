import GRDB
import Traces

/// Loads the rollouts of one problem with their texts.
struct RolloutLoad {
  private let problem: Int64
  private let selection: Selection
  private let db: Database

  init(problem: Int64, selection: Selection, in db: Database) {
    self.problem = problem
    self.selection = selection
    self.db = db
  }

  /// A row before its index among the rollouts of its recording is known.
  private struct Draft {
    var identifier: Int64
    var rank: SegmentRank
    var parent: Int64?
    var record: RolloutRecord
    var answer: String?
    var classForm: String?
    var isRight: Bool?
    var depth: Int
  }

  /// All rollouts in canonical order.
  func rollouts() throws -> [StoredRollout] {
    let scores = try scores()
    let drafts = try drafts().sorted { $0.rank < $1.rank }
    var indices: [Int64: Int] = [:]
    var counts = [Int](repeating: 0, count: selection.recordings.count)
    return drafts.map { draft in
      let recording = Int(draft.rank.recording)
      indices[draft.identifier] = counts[recording]
      defer { counts[recording] += 1 }
      var record = draft.record
      record.scores = scores[draft.identifier] ?? Array(repeating: [], count: selection.columns.count)
      record.parent = draft.parent.flatMap { indices[$0] }.map {
        .init(rollout: $0, step: draft.record.parent?.step ?? 0)
      }
      return StoredRollout(
        identifier: draft.identifier, recording: selection.recordings[recording].recording.name,
        index: counts[recording], record: record, columns: selection.columns, answer: draft.answer,
        classForm: draft.classForm, isRight: draft.isRight, depth: draft.depth,
        delimiterBytes: selection.delimiterBytes[recording])
    }
  }

  private static let query = """
    SELECT rollout.id, rollout.recording, rollout.source, position, parent, parent_step, steps, finish, source_verdict,
      total_tokens, step_ends, tokens, log_probabilities, text, answer, stated_answer, form, is_right, depth
    FROM rollout
    JOIN rollout_text ON rollout_text.rollout = rollout.id
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    WHERE rollout.problem = ?
    """

  private func drafts() throws -> [Draft] {
    let row = try PreparedStatement(db, Self.query)
    row.bind(1, problem)
    var drafts: [Draft] = []
    while try row.step() {
      let recording = selection.recordingRank[row.integer(1)]
      guard recording >= 0 else { continue }
      let rank = SegmentRank(
        recording: recording, source: selection.sourceRank[row.integer(2)], position: row.integer(3))
      drafts.append(
        Draft(
          identifier: row.integer(0), rank: rank, parent: row.isNull(4) ? nil : row.integer(4),
          record: Self.record(row), answer: row.text(14), classForm: row.text(16),
          isRight: row.isNull(17) ? nil : row.integer(17) == 1, depth: Int(row.integer(18))))
    }
    return drafts
  }

  private static func record(_ row: PreparedStatement) -> RolloutRecord {
    let tokens = row.packed(11, as: Int32.self)
    let hasOnlyTotal = tokens.isEmpty && !row.isNull(9)
    return RolloutRecord(
      text: row.text(13) ?? "", stepEnds: StepBoundaries(packed: row.bytes(10), steps: Int(row.integer(6))).ends,
      parent: row.isNull(4) ? nil : .init(rollout: 0, step: Int(row.integer(5))), tokens: tokens,
      totalTokens: hasOnlyTotal ? Int(row.integer(9)) : nil, logProbabilities: row.packed(12, as: Double.self),
      finish: Finish(rawValue: row.text(7) ?? "") ?? .open, answer: row.text(15),
      sourceVerdict: row.isNull(8) ? nil : row.integer(8) == 1)
  }

  /// The scores of each rollout, one list a column.
  private func scores() throws -> [Int64: [[Double]]] {
    let row = try PreparedStatement(
      db,
      """
      SELECT score.rollout, scorer, scores
      FROM rollout CROSS JOIN score ON score.rollout = rollout.id WHERE rollout.problem = ?
      """)
    row.bind(1, problem)
    var scores: [Int64: [[Double]]] = [:]
    while try row.step() {
      let column = Int(selection.columnOfScorer[row.integer(1)])
      guard column >= 0 else { continue }
      scores[row.integer(0), default: Array(repeating: [], count: selection.columns.count)][column] =
        row.packed(2, as: Double.self)
    }
    return scores
  }
}
