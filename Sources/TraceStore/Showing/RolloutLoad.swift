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
    var origin: RolloutOrigin
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
    let drafts = try drafts()
    let places = places(of: drafts)
    return drafts.sorted { $0.rank < $1.rank }.map { draft in
      let recording = Int(draft.rank.recording)
      var record = draft.record
      let own = scores[draft.identifier]
      record.scores = own?.lists ?? Array(repeating: [], count: selection.columns.count)
      record.parent = draft.parent.flatMap { places[$0] }.map { place in
        .init(
          rollout: place.index, step: draft.record.parent?.step ?? 0,
          recording: place.recording == recording ? nil : selection.recordings[place.recording].recording.name)
      }
      return StoredRollout(
        identifier: draft.identifier, recording: selection.recordings[recording].recording.name,
        index: places[draft.identifier]?.index ?? 0, record: record, columns: selection.columns, answer: draft.answer,
        classForm: draft.classForm, isRight: draft.isRight, depth: draft.depth,
        delimiterBytes: selection.delimiterBytes[recording], origin: draft.origin,
        importedColumns: own?.imported ?? [])
    }
  }

  /// The index of each rollout in its recording, in the order of `rollout_index`.
  private func places(of drafts: [Draft]) -> [Int64: (recording: Int, index: Int)] {
    var counts = [Int](repeating: 0, count: selection.recordings.count)
    var places: [Int64: (recording: Int, index: Int)] = [:]
    let order = drafts.sorted { ($0.rank.source, $0.rank.position) < ($1.rank.source, $1.rank.position) }
    for draft in order {
      let recording = Int(draft.rank.recording)
      places[draft.identifier] = (recording, counts[recording])
      counts[recording] += 1
    }
    return places
  }

  private static func query(in db: Database) throws -> String {
    """
    SELECT rollout.id, rollout.recording, rollout.source, position, parent, parent_step, steps, finish, source_verdict,
      total_tokens, step_ends, tokens, log_probabilities, text, answer, stated_answer, form, is_right, depth,
      \(try StoreSchema.hasOrigins(db) ? "rollout.part" : "0")
    FROM rollout
    JOIN rollout_text ON rollout_text.rollout = rollout.id
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    WHERE rollout.problem = ?
    ORDER BY rollout.id
    """
  }

  private func drafts() throws -> [Draft] {
    let row = try PreparedStatement(db, Self.query(in: db))
    row.bind(1, problem)
    var drafts: [Draft] = []
    var ranks: [Int64: SegmentRank] = [:]
    while try row.step() {
      let recording = selection.recordingRank[row.integer(1)]
      let parent = row.isNull(4) ? nil : ranks[row.integer(4)]
      guard recording >= 0, row.isNull(4) || parent != nil else { continue }
      let rank = SegmentRank(
        recording: recording, source: selection.sourceRank[row.integer(2)], position: row.integer(3), parent: parent)
      ranks[row.integer(0)] = rank
      drafts.append(
        Draft(
          identifier: row.integer(0), rank: rank,
          origin: RolloutOrigin(source: row.integer(2), part: row.integer(19)),
          parent: row.isNull(4) ? nil : row.integer(4), record: Self.record(row), answer: row.text(14),
          classForm: row.text(16), isRight: row.isNull(17) ? nil : row.integer(17) == 1, depth: Int(row.integer(18))))
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

  /// The scores of a rollout, one list a column, and the columns of those that were imported.
  private struct Scores {
    var lists: [[Double]]
    var imported: [Int] = []
  }

  /// The scores of each rollout.
  private func scores() throws -> [Int64: Scores] {
    let row = try PreparedStatement(
      db,
      """
      SELECT score.rollout, scorer, scores, \(try StoreSchema.hasOrigins(db) ? "imported" : "scorer.source IS NULL")
      FROM rollout CROSS JOIN score ON score.rollout = rollout.id JOIN scorer ON scorer.id = score.scorer
      WHERE rollout.problem = ?
      """)
    row.bind(1, problem)
    let none = Scores(lists: Array(repeating: [], count: selection.columns.count))
    var scores: [Int64: Scores] = [:]
    while try row.step() {
      let column = Int(selection.columnOfScorer[row.integer(1)])
      guard column >= 0 else { continue }
      scores[row.integer(0), default: none].lists[column] = row.packed(2, as: Double.self)
      if row.integer(3) == 1 { scores[row.integer(0), default: none].imported.append(column) }
    }
    return scores
  }
}
