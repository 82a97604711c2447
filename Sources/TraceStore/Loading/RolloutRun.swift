import Traces

/// Where a segment comes from in the table of rollouts.
struct SegmentRow {
  var identifier: Int64
  /// The row that it continues; -1 for a rollout from the prompt.
  var parent: Int64
  /// The rank of its source.
  var source: Int32
}

/// Rollouts of one problem whose rows stand one after the other, in memory that serves one run after the other.
struct RolloutRun {
  /// The columns that `append` reads.
  static let columns = """
    id, problem, recording, source, parent, parent_step, finish, answer_class, total_tokens, step_keys, tokens,
    log_probabilities, step_ends
    """

  private(set) var rows: [SegmentRow] = []
  /// Without scores, and with parents that are not known yet.
  private(set) var segments = RecordedSegments(columns: [], recordings: [])
  private var apportionment = TokenApportionment()

  /// Forgets the run.
  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    segments.removeAll()
  }

  /// Adds the rollout that a statement stands at.
  ///
  /// - Parameters:
  ///   - row: A statement for `columns`.
  ///   - recording: The rank of its recording.
  ///   - selection: What the load takes.
  /// - Returns: Whether the lengths of its lists agree.
  mutating func append(_ row: PreparedStatement, recording: Int32, selection: Selection) -> Bool {
    let hasParent = !row.isNull(4)
    let segment = RecordedSegments.Segment(
      parentStep: hasParent ? Int32(truncatingIfNeeded: row.integer(5)) : 0, finish: Self.finish(row.firstByte(6)),
      answerClass: row.isNull(7) ? -1 : Int32(truncatingIfNeeded: row.integer(7)), recording: recording)
    guard append(row, segment: segment, delimiterBytes: selection.delimiterBytes[Int(recording)]) else { return false }
    rows.append(
      SegmentRow(
        identifier: row.integer(0), parent: hasParent ? row.integer(4) : -1,
        source: selection.sourceRank[row.integer(3)]))
    return true
  }

  private mutating func append(
    _ row: PreparedStatement,
    segment: RecordedSegments.Segment,
    delimiterBytes: Int
  ) -> Bool {
    let keys = row.bytes(9)
    var packed = RecordedSegments.PackedSteps(keys: keys, tokens: row.bytes(10), logProbabilities: row.bytes(11))
    guard packed.tokens.isEmpty, !row.isNull(8) else { return segments.append(segment, packed: packed) }
    apportionment.apportion(
      total: Int(row.integer(8)), boundaries: row.bytes(12), steps: keys.count / 8, delimiterBytes: delimiterBytes)
    return apportionment.shares.withUnsafeBytes { shares in
      packed.tokens = shares
      packed.tokensAreApportioned = true
      return segments.append(segment, packed: packed)
    }
  }

  /// How a rollout ended, by the first letter of the word.
  private static func finish(_ letter: UInt8?) -> Finish {
    switch letter {
    case UInt8(ascii: "s"): .stop
    case UInt8(ascii: "l"): .length
    default: .open
    }
  }
}
