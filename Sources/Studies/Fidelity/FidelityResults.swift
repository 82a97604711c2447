import Estimation
import Replay
import Traces

/// What a fidelity study came to.
public struct FidelityResults: Sendable {
  /// The settings that decided the numbers.
  public let settings: ReplaySettings
  /// The rows by method, aggregation, budget and policy.
  public private(set) var rows: [FidelityRow] = []
  /// What was decided or left out, and why, in sentences.
  public internal(set) var notices: [String]
  /// Whether the user stopped the study before all was done.
  public internal(set) var isPartial = false
  let mergesPrefixes: Bool
  private var leftOut = PolicyNotices()

  init(settings: ReplaySettings, notices: [String], mergesPrefixes: Bool) {
    self.settings = settings
    self.notices = notices
    self.mergesPrefixes = mergesPrefixes
  }

  /// Adds what a replay came to, beside the online runs of the same settings.
  mutating func add(
    _ replayed: StudyResults, of part: FidelityPlan.Part, online: OnlineRecord, recorded: [ExactText: Int]
  ) {
    for notice in replayed.notices() { leftOut.note(notice, policy: part.policy) }
    for index in replayed.cells.indices {
      for (position, budget) in part.request.budgets.values.enumerated() {
        let setting = OnlineRecord.Setting(method: part.method, aggregate: part.aggregate, budget: budget)
        guard let tallies = online.tallies[setting] else { continue }
        let outcomes = replayed.outcomes(cell: index, budget: position).filter { tallies[ExactText($0.problem)] != nil }
        let cell = replayed.row(cell: index, budget: budget)
        let row = FidelityRow(
          cell, policy: part.policy, mergesPrefixes: replayed.cells[index].mergesPrefixes,
          recorded: recorded[ExactText(cell.recording)] ?? 0, outcomes: outcomes, tallies: tallies,
          request: part.request)
        if let row {
          rows.append(row)
        } else if replayed.outcomes(cell: index, budget: position).contains(where: { $0.success != nil }) {
          noteRefusals(outcomes, cell, policy: part.policy)
        }
      }
    }
  }

  /// A cell has no accuracy, so no row, where every run was refused; the replay says so itself where that holds for all
  /// problems that it ran on, and not where it holds for those of these online runs.
  private mutating func noteRefusals(_ outcomes: [ProblemOutcome], _ cell: Cell, policy: ContinuationPolicy?) {
    let refused = outcomes.reduce(0) { $0 + $1.refused }
    guard refused > 0 else { return }
    leftOut.note(
      "\(cell.recording): \(cell.method) at N = \(cell.budget): all \(refused) runs were refused, so there is nothing to "
        + "compare; retrace wants asks for what is missing", policy: policy)
  }

  /// Ends a study: brings the rows into their order, by what was run, then by policy, the default first, and says what
  /// was left out.
  ///
  /// - Parameter policies: The policies that were compared.
  /// - Throws: `StudyError.nothingMeasured` where nothing but that was left to say.
  mutating func finish(_ policies: [ContinuationPolicy]) throws(StudyError) {
    notices += try leftOut.sentences(of: policies, hasRows: !rows.isEmpty || isPartial)
    rows.sort(byCell: { $0.cell }, policy: { $0.policy })
  }
}

extension FidelityRow {
  /// Compares the outcomes of a replay with online runs; `nil` where no problem has both.
  init?(
    _ cell: Cell,
    policy: ContinuationPolicy?,
    mergesPrefixes: Bool,
    recorded: Int,
    outcomes: [ProblemOutcome],
    tallies: [ExactText: OnlineRecord.Tally],
    request: ReplayRequest
  ) {
    // A problem of which every run was refused has no success, and leaves the online side too.
    let resamples = ProblemResamples(problems: outcomes.map(\.problem), seed: request.seed)
    let online = resamples.aligned(tallies.mapValues(\.accuracy))
    let successes = resamples.successes(of: outcomes)
    guard let comparison = resamples.compare(successes, with: online),
      let point = CurvePoint.estimate(cell, from: outcomes, resamples: resamples, replicates: request.replicates)
    else { return nil }
    let both = zip(resamples.problems, zip(successes, online)).filter { !$0.1.0.isNaN && !$0.1.1.isNaN }
    self.init(
      cell: cell, mergesPrefixes: mergesPrefixes, policy: policy, problems: both.count, recorded: recorded,
      replayed: both.map(\.1.0).reduce(0, +) / Double(both.count),
      online: both.map(\.1.1).reduce(0, +) / Double(both.count),
      onlineRuns: both.reduce(0) { $0 + (tallies[ExactText($1.0)]?.runs ?? 0) }, difference: comparison,
      coverage: point.coverage,
      refused: point.refused, warnings: point.warnings)
    warnings = Set(point.warnings).union(doubts).sorted()
  }

  /// The warnings that need both sides, and the record's size.
  private var doubts: Set<ResultWarning> {
    var doubts: Set<ResultWarning> = []
    if policy != nil, recorded < Self.startsPerBudget * cell.budget { doubts.insert(.exhaustedRecord) }
    if bias.isNoticeable { doubts.insert(.biasedReplay) }
    return doubts
  }

  /// With fewer recorded draws from the prompt than this times the budget, a search uses up the record.
  static let startsPerBudget = 4
}
