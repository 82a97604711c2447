import GRDB
import Traces

/// Loads the segments of one problem or of many in one pass over each table, in the order of the rows, and brings them
/// into the order that does not depend on the ingest.
struct SegmentLoad {
  private let selection: Selection
  /// The place of each wanted problem in the result, by row.
  private let slots: RowMap
  private var results: [RecordedSegments]
  /// For each problem the order that its segments belong in.
  private var ranks: [[SegmentRank]]
  /// The problem and the segment that each row of rollouts became, by row.
  private var slotOfRollout: RowMap
  private var segmentOfRollout: RowMap
  private var apportionment = TokenApportionment()

  /// - Parameter lastRollout: The largest row of the table of rollouts where most of them will be loaded; 0 otherwise.
  init(problems: [StoredProblem], selection: Selection, lastRollout: Int) {
    self.selection = selection
    slots = RowMap(numbering: problems.map(\.identifier))
    slotOfRollout = RowMap(last: lastRollout, expected: lastRollout)
    segmentOfRollout = RowMap(last: lastRollout, expected: lastRollout)
    let empty = RecordedSegments(columns: selection.columns, recordings: selection.recordings.map(\.recording))
    results = Array(repeating: empty, count: problems.count)
    ranks = Array(repeating: [], count: problems.count)
  }

  /// The columns that `addSegments` reads.
  static let rolloutColumns = """
    id, problem, recording, source, parent, parent_step, finish, answer_class, total_tokens, step_keys, tokens,
    log_probabilities, step_ends
    """

  /// Adds all rows of a query for `rolloutColumns`, in order of rows, so that parents come first.
  mutating func addSegments(of statement: PreparedStatement) throws {
    while try statement.step() {
      let slot = Int(slots[statement.integer(1)])
      let recording = selection.recordingRank[statement.integer(2)]
      guard slot >= 0, recording >= 0 else { continue }
      try addSegment(statement, slot: slot, recording: recording)
    }
  }

  private mutating func addSegment(_ row: PreparedStatement, slot: Int, recording: Int32) throws {
    let index = Int32(results[slot].count)
    let identifier = row.integer(0)
    let parent: Int32 = row.isNull(4) ? -1 : segmentOfRollout[row.integer(4)]
    // What continues a rollout of a recording that is not taken is not taken either.
    guard row.isNull(4) || parent >= 0 else { return }
    let segment = RecordedSegments.Segment(
      parent: parent, parentStep: Int32(row.integer(5)),
      finish: Self.finish(row.bytes(6)),
      answerClass: row.isNull(7) ? -1 : Int32(truncatingIfNeeded: row.integer(7)), recording: recording)
    guard append(row, segment: segment, slot: slot) else { throw Self.damaged(rollout: identifier) }
    slotOfRollout[identifier] = Int32(slot)
    segmentOfRollout[identifier] = index
    ranks[slot].append(
      SegmentRank(
        recording: recording, source: selection.sourceRank[row.integer(3)], position: identifier,
        parent: parent < 0 ? nil : ranks[slot][Int(parent)]))
  }

  private mutating func append(_ row: PreparedStatement, segment: RecordedSegments.Segment, slot: Int) -> Bool {
    let keys = row.bytes(9)
    var packed = RecordedSegments.PackedSteps(keys: keys, tokens: row.bytes(10), logProbabilities: row.bytes(11))
    guard packed.tokens.isEmpty, !row.isNull(8) else { return results[slot].append(segment, packed: packed) }
    apportionment.apportion(
      total: Int(row.integer(8)), boundaries: row.bytes(12), steps: keys.count / 8,
      delimiterBytes: selection.delimiterBytes[Int(segment.recording)])
    return apportionment.shares.withUnsafeBytes { shares in
      packed.tokens = shares
      packed.tokensAreApportioned = true
      return results[slot].append(segment, packed: packed)
    }
  }

  /// Places all rows of a query for rollout, scorer and scores.
  mutating func addScores(of statement: PreparedStatement) throws {
    while try statement.step() {
      let rollout = statement.integer(0)
      let slot = Int(slotOfRollout[rollout])
      let column = Int(selection.columnOfScorer[statement.integer(1)])
      guard slot >= 0, column >= 0 else { continue }
      let segment = Int(segmentOfRollout[rollout])
      guard results[slot].place(scores: statement.bytes(2), column: column, segment: segment) else {
        throw Self.damaged(rollout: rollout)
      }
    }
  }

  /// The segments of all problems, in order and with their classes numbered.
  ///
  /// - Parameter rightClasses: The rows of the classes of right answers.
  consuming func finish(rightClasses: Set<Int32>) -> [RecordedSegments] {
    for slot in results.indices {
      if !ranks[slot].isAscending {
        let order = ranks[slot].indices.sorted { ranks[slot][$0] < ranks[slot][$1] }
        results[slot] = results[slot].reordered(order)
      }
      results[slot].numberAnswerClasses { rightClasses.contains($0) }
    }
    return results
  }

  private static func finish(_ text: UnsafeRawBufferPointer) -> Finish {
    switch text.first {
    case UInt8(ascii: "s"): .stop
    case UInt8(ascii: "l"): .length
    default: .open
    }
  }

  private static func damaged(rollout: Int64) -> DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "the numbers of rollout \(rollout) disagree with its count of steps")
  }
}

/// The place of a segment among those of its problem: by recording, then source, then position in the source. Rows of a
/// source are written in the order of its positions, so that parents come before their children; what continues a
/// segment of another source or recording is a level above it, and comes after all of that level.
struct SegmentRank: Comparable {
  var level: Int32
  var recording: Int32
  var source: Int32
  var position: Int64

  init(recording: Int32, source: Int32, position: Int64, parent: SegmentRank?) {
    let isAtHome = parent.map { $0.recording == recording && $0.source == source } ?? true
    level = (parent?.level ?? 0) + (isAtHome ? 0 : 1)
    self.recording = recording
    self.source = source
    self.position = position
  }

  static func < (left: SegmentRank, right: SegmentRank) -> Bool {
    (left.level, left.recording, left.source, left.position)
      < (right.level, right.recording, right.source, right.position)
  }
}

extension [SegmentRank] {
  fileprivate var isAscending: Bool {
    for index in 1..<Swift.max(count, 1) where self[index] < self[index - 1] { return false }
    return true
  }
}
