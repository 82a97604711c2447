import Estimation
import Replay
import TraceStore
import Traces

/// What a study came to, problem by problem; curve points are estimated from it.
public struct StudyResults: Sendable {
  let cells: [StudyCell]
  /// The problems' keys.
  public let problems: [String]
  /// For each cell and problem one result a budget; `nil` for problems that were not begun before the user stopped.
  let results: [[[ProblemStudy.Result]?]]
  /// For each cell what it did without because its scorer has not seen it.
  let unscored: [UnscoredRollouts?]
  /// The chosen scorer, or the only one.
  let scorer: String?
  /// The store's scorers, ascending.
  let allScorers: [String]
  let settings: ReplaySettings
  let request: ReplayRequest
  let unparsed: Set<ExactText>
  /// What comparisons with online runs found for this content.
  let biases: [Cell: FidelityRecord]
  /// What self-checks predicted for this content.
  let predictions: [Cell: FidelityRecord]
  /// The data set's name where all problems belong to one.
  let dataset: String?
  /// By cell, the sources' own predictions set beside the cell's choices: one comparison a budget, where there are any.
  var storedPredictions: [Int: [PredictionComparison?]] = [:]

  /// Whether the user stopped the study before all problems were done.
  public var isPartial: Bool { results.contains { $0.contains { $0 == nil } } }

  /// The resamples of the problems, the same for all cells.
  public var resamples: ProblemResamples {
    ProblemResamples(problems: finishedProblems, seed: request.seed)
  }

  /// The problems that were done before the user stopped.
  var finishedProblems: [String] {
    zip(problems, results.first ?? []).filter { $0.1 != nil }.map(\.0)
  }

  /// The problems of which a cell's recordings hold something, of those that were done: a row does not depend on what
  /// other recordings hold.
  private func recordedProblems(cell index: Int) -> [String] {
    zip(problems, results[index]).filter { $0.1.map { !($0.first?.absence?.isOfProblem ?? false) } ?? false }.map(\.0)
  }

  /// The document that `replay --json` prints.
  public func document() -> ReplayDocument {
    var resamples: [[String]: ProblemResamples] = [:]
    var rows: [CurvePoint] = []
    for index in cells.indices {
      let problems = recordedProblems(cell: index)
      let own = resamples[problems] ?? ProblemResamples(problems: problems, seed: request.seed)
      resamples[problems] = own
      for position in request.budgets.values.indices {
        if let row = point(cell: index, budget: position, own) { rows.append(row) }
      }
    }
    return ReplayDocument(settings: settings, rows: rows)
  }

  /// The outcomes of a cell at a budget, one a problem that has one.
  func outcomes(cell: Int, budget: Int) -> [ProblemOutcome] {
    results[cell].compactMap { $0?[budget].outcome }
  }

  /// Policy `matched` minus policy `nearest`; `nil` where no problem borrows much. A problem that does not counts as 0.
  private func policyDifference(cell: Int, budget: Int, _ resamples: ProblemResamples) -> FidelityBias? {
    var matched: [ExactText: Double] = [:]
    var nearest: [ExactText: Double] = [:]
    var isCompared = false
    for (problem, result) in zip(problems, results[cell]) {
      guard let result = result?[budget], let success = result.outcome?.success else { continue }
      matched[ExactText(problem)] = success
      nearest[ExactText(problem)] = result.nearest ?? success
      if result.nearest != nil { isCompared = true }
    }
    return isCompared ? resamples.difference(resamples.aligned(matched), resamples.aligned(nearest)) : nil
  }

  /// The cell of a row at a budget, by the names that rows show.
  func row(cell index: Int, budget: Int) -> Cell {
    let cell = cells[index]
    return cell.row(
      budget: budget, scorer: cell.method.reading == .allScorers ? allScorers.joined(separator: "+") : scorer)
  }

  private func point(cell index: Int, budget position: Int, _ resamples: ProblemResamples) -> CurvePoint? {
    let cell = cells[index]
    var warnings: Set<ResultWarning> = []
    if cell.group.recordings.contains(where: { unparsed.contains(ExactText($0)) }) { warnings.insert(.unparsedAnswers) }
    let budget = request.budgets.values[position]
    let row = row(cell: index, budget: budget)
    if unscored[index] != nil { warnings.insert(.unscoredRollouts) }
    let bias = biases[row].map(FidelityBias.init)
    if bias?.isNoticeable == true { warnings.insert(.biasedReplay) }
    let prediction = predictions[row]
    warnings.formUnion(prediction?.doubts.compactMap(ResultWarning.init) ?? [])
    let policies = policyDifference(cell: index, budget: position, resamples)
    if policies?.exceeds(WarningThresholds.standard.disagreement) == true { warnings.insert(.policiesDisagree) }
    var point = CurvePoint.estimate(
      row, from: outcomes(cell: index, budget: position), resamples: resamples,
      replicates: cell.method.closedForm == nil ? request.replicates : nil, warnings: warnings,
      sizes: request.sizes)
    point?.bias = bias
    point?.predictedBias = prediction.map(FidelityBias.init)
    point?.policyDifference = policies
    point?.storedPredictions = storedPredictions[index]?[position]
    point?.unscored = unscored[index]?.share
    return point
  }

  /// What was left out and why, how the sources' own predictions compare, and what is doubtful: a sentence for each method,
  /// recording and reason.
  public func notices() -> [String] {
    unscoredNotices + absenceNotices() + predictionNotices() + cautions + needlessReplicates
  }

  private var unscoredNotices: [String] {
    var order: [UnscoredRollouts] = []
    var methods: [UnscoredRollouts: [String]] = [:]
    for (cell, unscored) in zip(cells, unscored) {
      guard let unscored else { continue }
      if methods[unscored] == nil { order.append(unscored) }
      let name = cell.method.descriptor.name
      if methods[unscored]?.contains(name) != true { methods[unscored, default: []].append(name) }
    }
    return order.flatMap { $0.notices(methods: methods[$0] ?? []) }
  }

  private func absenceNotices() -> [String] {
    var order: [LeftOut] = []
    var budgets: [LeftOut: Set<Int>] = [:]
    for index in cells.indices {
      for (position, budget) in request.budgets.values.enumerated() {
        guard let leftOut = leftOut(cell: index, budget: position) else { continue }
        if budgets[leftOut] == nil { order.append(leftOut) }
        budgets[leftOut, default: []].insert(budget)
      }
    }
    return order.map { leftOut in
      let list = (budgets[leftOut] ?? []).sorted().map(String.init).joined(separator: ", ")
      return "\(leftOut.recording): \(leftOut.method) at N = \(list): \(leftOut.what): \(leftOut.reason)"
    }
  }

  /// Budgets at which a method runs and is not what its name says.
  private var cautions: [String] {
    var seen: Set<String> = []
    return cells.indices.flatMap { index in
      request.budgets.values.indices.compactMap { position in
        let budget = request.budgets.values[position]
        guard let text = cells[index].method.caution(budget: budget), !outcomes(cell: index, budget: position).isEmpty
        else { return nil }
        return "\(cells[index].group.name): \(cells[index].method.descriptor.name) at N = \(budget): \(text)"
      }
    }.filter { seen.insert($0).inserted }
  }

  /// Says that runs were asked for where there are none to make: the numbers are better than any number of runs.
  private var needlessReplicates: [String] {
    let isExact = !cells.isEmpty && cells.allSatisfy { $0.method.closedForm != nil }
    guard isExact, request.replicates != ReplayRequest.standardReplicates else { return [] }
    let names = Set(cells.map(\.method.descriptor.name)).sorted().joined(separator: ", ")
    return ["--replicates \(request.replicates): \(names): exact over all subsets of the record, so no runs are made"]
  }

  private struct LeftOut: Hashable {
    var recording: String
    var method: String
    var what: String
    var reason: String
  }

  private func leftOut(cell index: Int, budget position: Int) -> LeftOut? {
    // What nothing is left of is said with what was left out of it.
    let absences = results[index].compactMap { $0?[position].absence }.filter { $0 != .nothingScored }
    guard let first = absences.first else { return refusal(cell: index, budget: position) }
    let isWhole = absences.count == results[index].count
    return LeftOut(
      recording: cells[index].group.name, method: cells[index].method.descriptor.name,
      what: isWhole ? "left out" : "\(absences.count) of \(results[index].count) problems left out",
      reason: first.explanation)
  }

  /// Says so where every run of every problem was refused: there is no row that could count them.
  private func refusal(cell index: Int, budget position: Int) -> LeftOut? {
    let outcomes = outcomes(cell: index, budget: position)
    guard !outcomes.isEmpty, outcomes.allSatisfy({ $0.success == nil && $0.refused > 0 }) else { return nil }
    return LeftOut(
      recording: cells[index].group.name, method: cells[index].method.descriptor.name, what: "left out",
      reason:
        "every run needs a continuation that is not recorded, which a strict replay refuses; retrace wants asks for them"
    )
  }

  /// Whether there is a number for anything.
  public var isEmpty: Bool {
    !cells.indices.contains { cell in
      request.budgets.values.indices.contains { budget in
        outcomes(cell: cell, budget: budget).contains { $0.success != nil }
      }
    }
  }

  /// The reason why a method could not run at any budget, where the budgets themselves are at fault.
  public func impossibleMethod() -> StudyError? {
    for index in cells.indices {
      let absences = results[index].compactMap { $0 }.flatMap { $0 }.map(\.absence)
      guard !absences.isEmpty, absences.allSatisfy({ $0?.isUsageError ?? false }), let reason = absences.first ?? nil
      else { continue }
      return .impossibleBudgets(method: cells[index].method.descriptor.name, reason: reason.explanation)
    }
    return nil
  }
}
