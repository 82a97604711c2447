/// A method that takes notes of its generations where the workspace has a recorder.
protocol RecordedMethod: ReplayMethod {}

extension ParticleFilter: RecordedMethod {}
extension ParticleGibbs: RecordedMethod {}
extension ParallelTempering: RecordedMethod {}

/// A method whose run can be told from its draws: the history that the engine keeps is the whole genealogy.
protocol SearchMethod: ReplayMethod {
  /// Whether the answer comes from all candidates that have ended instead of the workspace's completed ones.
  var choosesAmongEnds: Bool { get }
}

extension SearchMethod {
  var choosesAmongEnds: Bool { false }
}

extension BeamSearch: SearchMethod {}
extension SearchAndLearnBeam: SearchMethod {}
extension HubBeam: SearchMethod {}
extension ComputeOptimalBeam: SearchMethod {}
extension DiverseVerifierTreeSearch: SearchMethod {}
extension MonteCarloTreeSearch: SearchMethod {}
extension Rebase: SearchMethod {}
extension BestFirstSearch: SearchMethod {
  var choosesAmongEnds: Bool { true }
}

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
    guard cell.method is any RecordedMethod || cell.method is any SearchMethod else {
      throw .notRecorded(method: cell.descriptor.name, known: MethodRegistry.recordedNames)
    }
    workspace.recorder = RunRecorder()
    defer { workspace.recorder = nil }
    let outcomes = try evaluate(cell, budgets: [budget], replicates: replicate + 1, seed: seed)
    guard let outcome = outcomes.first else { return .success(RunRecord()) }
    if let absence = outcome.absence { return .failure(AbsentRun(absence: absence)) }
    var record = workspace.recorder?.record ?? RunRecord()
    if let search = cell.method as? any SearchMethod {
      record = try searchRecord(search, cell, outcome: outcome, seed: seed)
    }
    let engine = try takeEngine(for: cell, seed: seed)
    for node in record.sweeps.lazy.flatMap(\.generations).flatMap(\.node) where engine.isLent(Int(node)) {
      let step = engine.pool.steps[Int(node)]
      if step.isTerminal { record.lentEnds[node] = step.answerClass }
    }
    put(engine)
    return .success(record)
  }

  /// What the last run's draws say.
  private mutating func searchRecord(
    _ method: any SearchMethod,
    _ cell: MethodCell,
    outcome: BudgetOutcome,
    seed: UInt64
  ) throws(ReplayError) -> RunRecord {
    let engine = try takeEngine(for: cell, seed: seed)
    let ended = (0..<engine.history.count).map { engine.history.state(after: $0) }.filter {
      engine.isFinished($0)
    }
    let isRefused = engine.tally.isRefused
    let finals = isRefused ? [] : method.choosesAmongEnds ? ended : workspace.completed
    let chosen = workspace.recorder?.chosen.flatMap { chosen in finals.firstIndex { $0.entry == chosen.entry } }
    var record = RunRecord(search: engine.history, finals: finals, best: chosen ?? workspace.recorder?.best)
    record.reason = chosen.flatMap { _ in workspace.recorder?.record.reason }
    if !isRefused {
      record.right = outcome.right.last
      record.expected = outcome.expected.last
      record.rules = outcome.rules.last ?? AnswerRules()
    }
    put(engine)
    return record
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
      return method is any RecordedMethod || method is any SearchMethod
    }.map(\.name)
  }
}
