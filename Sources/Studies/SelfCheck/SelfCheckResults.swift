import Estimation
import Replay
import Traces

/// What a self-check came to.
public struct SelfCheckResults: Sendable {
  /// The settings that decided the numbers.
  public let settings: ReplaySettings
  /// The rows by what was run, then by policy, the default first.
  public internal(set) var rows: [SelfCheckRow] = []
  /// What was decided or left out, and why, in sentences.
  public internal(set) var notices: [String]
  /// Whether the user stopped the study before all was done.
  public internal(set) var isPartial = false
  private var leftOut = PolicyNotices()

  init(settings: ReplaySettings, notices: [String]) {
    self.settings = settings
    self.notices = notices
  }

  /// Adds a sentence about what was left out; it is said once.
  mutating func note(_ text: String, policy: ContinuationPolicy? = nil) { leftOut.note(text, policy: policy) }

  /// Ends a check: brings the rows into their order and says what was left out.
  ///
  /// - Parameter policies: The policies that were checked.
  /// - Throws: `StudyError.nothingMeasured` where nothing but that was left to say.
  mutating func finish(_ policies: [ContinuationPolicy]) throws(StudyError) {
    notices += try leftOut.sentences(of: policies, hasRows: !rows.isEmpty || isPartial)
    rows.sort(byCell: { $0.cell }, policy: { $0.policy })
  }
}

/// The replay of a record under a policy, and what its world gave for the same cell and budget, by problem.
struct SelfCheckEvidence {
  var cell: StudyCell
  var policy: ContinuationPolicy
  var replayed: StudyResults
  var index: Int
  var position: Int
  var recorded: Int
  var online: [ExactText: Double]
  var worldReplayed: [ExactText: Double]

  private var outcomes: [ProblemOutcome] { replayed.outcomes(cell: index, budget: position) }

  /// The row; `nil` where no problem has all of it.
  func row(_ resamples: ProblemResamples) -> SelfCheckRow? {
    let name = cell.row(budget: replayed.request.budgets.values[position], scorer: replayed.scorer)
    let aligned = resamples.aligned(online)
    let replays = resamples.aligned(worldReplayed)
    let successes = resamples.successes(of: outcomes)
    guard let predicted = resamples.difference(replays, aligned), let misfit = resamples.difference(successes, aligned),
      let point = CurvePoint.estimate(
        name, from: outcomes, resamples: resamples, replicates: replayed.request.replicates)
    else { return nil }
    let both = zip(replays, aligned).filter { !$0.isNaN && !$1.isNaN }
    let count = Double(both.count)
    var row = SelfCheckRow(
      cell: name, mergesPrefixes: cell.mergesPrefixes, policy: policy, problems: both.count, recorded: recorded,
      replayed: point.accuracy, modelOnline: both.reduce(0) { $0 + $1.1 } / count,
      modelReplayed: both.reduce(0) { $0 + $1.0 } / count, predictedBias: predicted, misfit: misfit,
      coverage: point.coverage, fromOtherDepths: point.fromOtherDepths,
      fromOtherProblems: point.fromOtherProblems, refused: point.refused,
      warnings: point.warnings)
    if predicted.isNoticeable { row.warnings.append(.predictedBias) }
    if isMisfit(misfit, zip(successes, aligned).map { $0 - $1 }) { row.warnings.append(.modelMisfit) }
    if recorded < FidelityRow.startsPerBudget * name.budget { row.warnings.append(.exhaustedRecord) }
    row.warnings.sort()
    return row
  }

  /// Whether the replay is off the model's own accuracy by more than the tolerance and three standard errors.
  private func isMisfit(_ misfit: FidelityBias, _ differences: [Double]) -> Bool {
    let present = differences.filter { !$0.isNaN }
    let squares = present.reduce(0) { $0 + ($1 - misfit.value) * ($1 - misfit.value) }
    let count = Double(present.count)
    guard count > 1 else { return false }
    let error = (squares / (count - 1) / count).squareRoot()
    return abs(misfit.value) > max(WarningThresholds.standard.disagreement, 3 * error)
  }
}
