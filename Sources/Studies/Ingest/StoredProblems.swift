import TraceFormats
import TraceStore
import Traces

/// The problems that the store knows, and those that the command has read: where records without a gold answer find one.
///
/// The table is read once and extended by what is new, however many files there are.
struct StoredProblems {
  /// The problems.
  private(set) var table = ProblemTable()
  private var lastRow: Int64 = 0

  /// Takes what was added to the store since.
  mutating func update(from store: TraceStore?) throws {
    guard let store else { return }
    for stored in try store.problems(addedAfter: lastRow) {
      table.add(stored.problem)
      lastRow = stored.identifier
    }
  }

  /// Takes what was read where nothing is written.
  mutating func add(_ problems: some Sequence<Problem>) { for problem in problems { table.add(problem) } }

  /// Forgets everything: rows have been taken out of the store.
  mutating func reset() { self = StoredProblems() }
}
