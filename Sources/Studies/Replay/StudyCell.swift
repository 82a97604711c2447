import Estimation
import Replay
import Traces

/// A method cell on a group of recordings, with the names that rows show.
struct StudyCell: Sendable {
  /// The method with its settings.
  let method: MethodCell
  /// The recordings.
  let group: RecordingGroup
  /// Whether equal prefixes are one node; true for methods to which it makes no difference.
  let mergesPrefixes: Bool

  /// What cells must have in common to be computed on one tree.
  struct Record: Hashable, Sendable {
    var group: RecordingGroup
    var mergesPrefixes: Bool
  }

  /// What the cell is computed on.
  var record: Record { Record(group: group, mergesPrefixes: mergesPrefixes) }

  /// Whether the method reads scores.
  var readsScores: Bool { method.reading != .none }

  /// The cell of a row at a budget.
  ///
  /// - Parameter scorer: The scorer's name where the method reads scores.
  func row(budget: Int, scorer: String?) -> Cell {
    var options = method.settings.values
    if method.descriptor.source == .steps {
      options["continuation"] = method.continuation.name
    }
    if method.reads(.mergePrefixes) { options["mergePrefixes"] = String(mergesPrefixes) }
    return Cell(
      method: method.descriptor.name,
      preset: method.settings.preset,
      presetVersion: method.presetVersion,
      aggregate: readsScores ? method.aggregation.name : nil,
      scorer: readsScores ? scorer : nil,
      recording: group.name,
      options: options,
      budget: budget)
  }
}
