/// A method that takes notes of its generations where the workspace has a recorder.
protocol RecordedMethod: ReplayMethod {}

extension ParticleFilter: RecordedMethod {}

extension ProblemReplay {
  /// Runs a cell once more as replicate r of a budget ran, and takes notes.
  ///
  /// The replicates before it are run too, so that whatever a run depends on is as it was.
  ///
  /// - Parameters:
  ///   - cell: What to run.
  ///   - budget: The budget N.
  ///   - replicate: The replicate, counted from 0.
  ///   - seed: The study's seed.
  /// - Returns: The record, or why there is none at this budget.
  /// - Throws: `ReplayError` where the record lacks what the cell reads, or `.notRecorded` for a method that takes no
  ///   notes.
  /// - Complexity: O(replicate) runs.
  public mutating func record(
    _ cell: MethodCell,
    budget: Int,
    replicate: Int,
    seed: UInt64
  ) throws(ReplayError) -> Result<RunRecord, AbsentRun> {
    guard cell.method is any RecordedMethod else {
      throw .notRecorded(method: cell.descriptor.name, known: MethodRegistry.recordedNames)
    }
    workspace.recorder = RunRecorder()
    defer { workspace.recorder = nil }
    let outcomes = try evaluate(cell, budgets: [budget], replicates: replicate + 1, seed: seed)
    if let absence = outcomes.first?.absence { return .failure(AbsentRun(absence: absence)) }
    return .success(workspace.recorder?.record ?? RunRecord())
  }
}

/// A run that there is none of.
public struct AbsentRun: Error, Hashable, Sendable {
  /// Why.
  public let absence: Absence
}

extension MethodRegistry {
  /// The methods whose runs can be recorded particle by particle.
  static var recordedNames: [String] {
    methods.filter { descriptor in
      guard let settings = try? MethodSettings(descriptor), let method = try? descriptor.make(settings) else {
        return false
      }
      return method is any RecordedMethod
    }.map(\.name)
  }
}
