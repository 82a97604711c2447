import GRDB
import Traces

extension TraceStore {
  /// The rollouts of a problem with their texts and all scores, in the order of `segments(of:)`: by recording, then by
  /// index.
  ///
  /// - Parameters:
  ///   - recordings: The names of the recordings to take; all without.
  ///   - scorers: The names of the scorers whose columns to take; all without.
  /// - Throws: `UnacceptableData` for a name that the store does not have.
  public func rollouts(
    of problem: StoredProblem,
    recordings: [String]? = nil,
    scorers: [String]? = nil
  ) throws -> [StoredRollout] {
    try read { db in
      let selection = try Selection(recordings: recordings, scorers: scorers, in: db, file: path)
      return try RolloutLoad(problem: problem.identifier, selection: selection, in: db).rollouts()
    }
  }
}
