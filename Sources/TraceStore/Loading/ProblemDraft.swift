import GRDB
import Traces

/// The segments of one problem while they are loaded: first its rollouts in whatever order they come, then, once these
/// are settled, its scores.
struct ProblemDraft {
  /// The rows that the segments come from, one for each.
  private(set) var rows: [SegmentRow] = []
  private(set) var segments = RecordedSegments(columns: [], recordings: [])

  /// Adds a run of the problem's rollouts.
  mutating func append(_ run: RolloutRun) {
    rows.append(contentsOf: run.rows)
    segments.append(contentsOf: run.segments)
  }

  /// Brings the segments into the order that does not depend on the ingest, links them to their parents, numbers their
  /// classes, and makes room for scores. What continues a rollout that is not taken is not taken either.
  ///
  /// - Parameters:
  ///   - selection: What the load takes.
  ///   - rightClasses: The rows of the classes of right answers.
  mutating func settle(selection: Selection, rightClasses: Set<Int32>) {
    if let order = linkedOrder() {
      segments = segments.reordered(order)
      rows = order.map { rows[$0] }
    }
    segments.numberAnswerClasses { rightClasses.contains($0) }
    segments.take(columns: selection.columns, recordings: selection.recordings.map(\.recording))
  }

  /// Places the scores of consecutive rows of a query for rollout, scorer and scores, as long as they are this problem's.
  ///
  /// - Parameters:
  ///   - statement: The query, which stands at a row.
  ///   - slot: The problem's place in the result.
  ///   - places: The places of all rollouts.
  ///   - columnOfScorer: The column of each scorer that is taken, by row.
  /// - Returns: Whether the query stands at a further row.
  mutating func placeScores(
    of statement: PreparedStatement,
    slot: Int,
    places: RowMap<Int64>,
    columnOfScorer: RowMap<Int32>
  ) throws -> Bool {
    repeat {
      let place = SegmentPlace(packed: places[statement.integer(0)])
      guard place.slot == slot else { return true }
      let column = Int(columnOfScorer[statement.integer(1)])
      guard column >= 0 else { continue }
      guard segments.place(scores: statement.bytes(2), column: column, segment: place.segment) else {
        throw DatabaseError.damaged(rollout: statement.integer(0))
      }
    } while try statement.step()
    return false
  }

  /// The order that the segments belong in; `nil` where they are in it.
  private mutating func linkedOrder() -> [Int]? {
    if isOrderedWithoutParents { return nil }
    var indexOfRow: [Int64: Int] = [:]
    var ranks: [Int64: SegmentRank] = [:]
    var taken: [(rank: SegmentRank, index: Int)] = []
    // In order of rows, parents come before what continues them.
    for index in rows.indices.sorted(by: { rows[$0].identifier < rows[$1].identifier }) {
      let row = rows[index]
      if row.parent >= 0 {
        guard let parent = indexOfRow[row.parent] else { continue }
        segments.setParent(parent, of: index)
      }
      let rank = SegmentRank(
        recording: segments.recording[index], source: row.source, position: row.identifier, parent: ranks[row.parent])
      indexOfRow[row.identifier] = index
      ranks[row.identifier] = rank
      taken.append((rank, index))
    }
    let order = taken.sorted { $0.rank < $1.rank }.map(\.index)
    return order.elementsEqual(rows.indices) ? nil : order
  }

  private var isOrderedWithoutParents: Bool {
    for index in rows.indices {
      guard rows[index].parent < 0 else { return false }
      guard index > 0 else { continue }
      let before = (segments.recording[index - 1], rows[index - 1].source, rows[index - 1].identifier)
      guard before < (segments.recording[index], rows[index].source, rows[index].identifier) else { return false }
    }
    return true
  }
}

/// Where a rollout went: the problem's place in the result and the segment's in the problem.
struct SegmentPlace {
  let packed: Int64

  init(packed: Int64) { self.packed = packed }

  init(slot: Int, segment: Int) { packed = Int64(slot) << 32 | Int64(segment) }

  /// Negative for a rollout that is not taken.
  var slot: Int { Int(packed >> 32) }

  var segment: Int { Int(packed & 0xFFFF_FFFF) }
}

extension DatabaseError {
  static func damaged(rollout: Int64) -> DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "the numbers of rollout \(rollout) disagree with its count of steps")
  }
}
