import GRDB
import Synchronization
import Traces

/// Loads the segments of one problem or of many in one pass over each table, on one thread or several: rollouts first,
/// then scores. Which thread reads which rows makes no difference to the result.
struct SegmentLoad: Sendable {
  private let selection: Selection
  /// The place of each wanted problem in the result, by row.
  private let slots: RowMap<Int32>
  private let drafts: [SharedDraft]

  init(problems: [StoredProblem], selection: Selection) {
    self.selection = selection
    slots = RowMap(numbering: problems.map(\.identifier))
    drafts = problems.map { _ in SharedDraft() }
  }

  /// Adds all rows of a query for the columns of a run; from any thread.
  func addRollouts(of statement: PreparedStatement) throws {
    var run = RolloutRun()
    var slot = -1
    while try statement.step() {
      let next = Int(slots[statement.integer(1)])
      let recording = selection.recordingRank[statement.integer(2)]
      guard next >= 0, recording >= 0 else { continue }
      if next != slot {
        add(&run, to: slot)
        slot = next
      }
      guard run.append(statement, recording: recording, selection: selection) else {
        throw DatabaseError.damaged(rollout: statement.integer(0))
      }
    }
    add(&run, to: slot)
  }

  private func add(_ run: inout RolloutRun, to slot: Int) {
    guard slot >= 0 else { return }
    drafts[slot].contents.withLock { $0.append(run) }
    run.removeAll()
  }

  /// Settles some of the problems, once all rollouts are there; from any thread.
  func settle(_ problems: Range<Int>, rightClasses: Set<Int32>) {
    for slot in problems {
      drafts[slot].contents.withLock { $0.settle(selection: selection, rightClasses: rightClasses) }
    }
  }

  /// Where each rollout went, once all problems are settled.
  ///
  /// - Parameter lastRollout: The largest row of the table of rollouts where most of them are loaded; 0 otherwise.
  func places(lastRollout: Int) -> RowMap<Int64> {
    var places = RowMap<Int64>(last: lastRollout, expected: lastRollout)
    for slot in drafts.indices {
      drafts[slot].contents.withLock { draft in
        for (segment, row) in draft.rows.enumerated() {
          places[row.identifier] = SegmentPlace(slot: slot, segment: segment).packed
        }
      }
    }
    return places
  }

  /// Places all rows of a query for rollout, scorer and scores; from any thread.
  func addScores(of statement: PreparedStatement, places: RowMap<Int64>) throws {
    var hasRow = try statement.step()
    while hasRow {
      let slot = SegmentPlace(packed: places[statement.integer(0)]).slot
      if slot >= 0 {
        // Rows of one problem come in runs, so that the lock is taken once a run.
        hasRow = try drafts[slot].contents.withLock { draft in
          try draft.placeScores(
            of: statement, slot: slot, places: places, columnOfScorer: selection.columnOfScorer)
        }
      } else {
        hasRow = try statement.step()
      }
    }
  }

  /// The segments of all problems.
  consuming func finish() -> [RecordedSegments] {
    drafts.map { draft in draft.contents.withLock { $0.segments } }
  }
}

/// A draft that several threads add to, one at a time.
private final class SharedDraft: Sendable {
  let contents = Mutex(ProblemDraft())
}
