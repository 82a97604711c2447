import GRDB
import Traces

/// Loads the segments of one problem or of many in one pass over each table, in the order of the rows, and brings them
/// into the order that does not depend on the ingest.
struct SegmentLoad {
  private let selection: Selection
  /// The place of each wanted problem in the result, by row.
  private let slots: [Int64: Int]
  private var results: [RecordedSegments]
  /// For each problem the order that its segments belong in.
  private var ranks: [[SegmentRank]]
  /// Where each row of rollouts went.
  private var places: [Int64: Place] = [:]
  private var apportionment = TokenApportionment()

  private struct Place {
    var slot: Int32
    var segment: Int32
  }

  init(problems: [StoredProblem], selection: Selection, expectedRollouts: Int) {
    self.selection = selection
    slots = Dictionary(uniqueKeysWithValues: problems.enumerated().map { ($1.identifier, $0) })
    let empty = RecordedSegments(columns: selection.columns, recordings: selection.recordings.map(\.recording))
    results = Array(repeating: empty, count: problems.count)
    ranks = Array(repeating: [], count: problems.count)
    places.reserveCapacity(expectedRollouts)
  }

  /// The columns that `addSegments` reads.
  static let rolloutColumns = """
    id, problem, recording, source, position, parent, parent_step, finish, answer_class, total_tokens, step_keys,
    tokens, log_probabilities, step_ends
    """

  /// Adds all rows of a query for `rolloutColumns`, in order of rows, so that parents come first.
  mutating func addSegments(of statement: PreparedStatement) throws {
    while try statement.step() {
      guard let slot = slots[statement.integer(1)],
        let recording = selection.recordingRank[statement.integer(2)]
      else { continue }
      try addSegment(statement, slot: slot, recording: recording)
    }
  }

  private mutating func addSegment(_ row: PreparedStatement, slot: Int, recording: Int32) throws {
    let index = results[slot].count
    let identifier = row.integer(0)
    let parent = row.isNull(5) ? -1 : places[row.integer(5)]?.segment ?? -1
    let segment = RecordedSegments.Segment(
      parent: parent, parentStep: Int32(row.integer(6)), finish: Self.finish(row.bytes(7)),
      answerClass: row.isNull(8) ? -1 : Int32(truncatingIfNeeded: row.integer(8)), recording: recording)
    let packed = RecordedSegments.PackedSteps(
      keys: row.bytes(10), tokens: row.bytes(11), logProbabilities: row.bytes(12))
    guard results[slot].append(segment, packed: packed) else { throw Self.damaged(rollout: identifier) }
    places[identifier] = Place(slot: Int32(slot), segment: Int32(index))
    ranks[slot].append(
      SegmentRank(
        recording: recording, source: selection.sourceRank[row.integer(3)] ?? 0, position: Int32(row.integer(4))))
    if packed.tokens.isEmpty, !row.isNull(9) { apportion(row, slot: slot, segment: index, recording: recording) }
  }

  private mutating func apportion(_ row: PreparedStatement, slot: Int, segment: Int, recording: Int32) {
    let boundaries = StepBoundaries(packed: row.bytes(13), steps: results[slot].steps(of: segment).count)
    let lengths = boundaries.ranges(delimiterBytes: selection.delimiterBytes[Int(recording)]).map(\.count)
    apportionment.apportion(total: Int(row.integer(9)), lengths: lengths)
    results[slot].place(apportioned: apportionment.shares, segment: segment)
  }

  /// Places all rows of a query for rollout, scorer, channel and scores.
  mutating func addScores(of statement: PreparedStatement) throws {
    let prefix = UInt8(ascii: "p")
    while try statement.step() {
      guard let place = places[statement.integer(0)],
        let column = selection.column(scorer: statement.integer(1), isPrefix: statement.bytes(2).first == prefix)
      else { continue }
      guard
        results[Int(place.slot)].place(
          scores: statement.bytes(3), column: column, segment: Int(place.segment))
      else { throw Self.damaged(rollout: statement.integer(0)) }
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

/// The place of a segment among those of its problem: by recording, then source, then position, so that parents come
/// before their children.
struct SegmentRank: Comparable {
  var recording: Int32
  var source: Int32
  var position: Int32

  static func < (left: SegmentRank, right: SegmentRank) -> Bool {
    (left.recording, left.source, left.position) < (right.recording, right.source, right.position)
  }
}

extension [SegmentRank] {
  fileprivate var isAscending: Bool {
    for index in 1..<Swift.max(count, 1) where self[index] < self[index - 1] { return false }
    return true
  }
}
