import Estimation
import Replay
import Traces

/// The part of a self-check that one model serves: cells that read one column of one group of recordings.
struct SelfCheckPart {
  let plan: SelfCheckPlan
  /// The replays of the record, one a policy; all have the same cells in the same order.
  let replays: [StudyResults]
  /// The indices of the cells.
  let cells: [Int]
  let world: WorldStudy
  /// The number of the world's recordings to replay.
  let recordings: Int

  private var keys: [String] { world.asked.map { world.worlds[$0].problem.key } }

  /// Runs the world and adds the rows.
  func run(
    recorded: Int, isStopped: @escaping @Sendable () -> Bool, into results: inout SelfCheckResults
  ) async throws {
    guard isAnythingReplayed else { return noteLeftOut(&results) }
    let online = try await online()
    let replayed = try await replayed()
    guard !isStopped(), let first = replays.first else { return }
    let resamples = ProblemResamples(problems: first.finishedProblems, seed: first.request.seed)
    for (side, (policy, study)) in zip(plan.policies, replays).enumerated() {
      for (place, index) in cells.enumerated() {
        for position in study.request.budgets.values.indices {
          let evidence = SelfCheckEvidence(
            cell: study.cells[index], policy: policy, replayed: study, index: index, position: position,
            recorded: recorded, online: named(online.means(cell: place, budget: position)),
            worldReplayed: named(replayed.means(cell: place + cells.count * side, budget: position)))
          if let row = evidence.row(resamples) { results.rows.append(row) }
        }
      }
    }
    noteLeftOut(&results)
    noteDisagreement(resamples, &results)
  }

  /// Whether there is a replay to set beside the world's: else the world need not be run.
  private var isAnythingReplayed: Bool {
    replays.contains { study in
      cells.contains { index in
        study.request.budgets.values.indices.contains { !study.outcomes(cell: index, budget: $0).isEmpty }
      }
    }
  }

  private func noteLeftOut(_ results: inout SelfCheckResults) {
    for (policy, study) in zip(plan.policies, replays) {
      for notice in study.notices() { results.note(notice, policy: policy) }
    }
  }

  private func named(_ means: [Int: Double]) -> [ExactText: Double] {
    let keys = keys
    return Dictionary(uniqueKeysWithValues: means.map { (ExactText(keys[$0.key]), $0.value) })
  }

  private func online() async throws -> AccuracyGrid {
    let methods = cells.compactMap { replays.first?.cells[$0].method }
    var grid = AccuracyGrid(cells: methods.count, budgets: world.budgets.count, problems: world.asked.count)
    for (problem, accuracies) in try await world.online(methods).enumerated() {
      if let accuracies { grid.add(accuracies, problem: problem) }
    }
    return grid
  }

  private func replayed() async throws -> AccuracyGrid {
    let methods = replays.flatMap { study in cells.map { study.cells[$0].method } }
    var grid = AccuracyGrid(cells: methods.count, budgets: world.budgets.count, problems: world.asked.count)
    // As many at once as there are threads: each is fitted by one.
    for start in stride(from: 0, to: recordings, by: max(1, world.threads)) {
      let numbers = Array(start..<min(start + max(1, world.threads), recordings))
      for recording in try await world.replayed(methods, recordings: numbers) {
        for (problem, accuracies) in recording.enumerated() {
          if let accuracies { grid.add(accuracies, problem: problem) }
        }
      }
    }
    return grid
  }

  /// Marks the rows of cells at which the policies `matched` and `nearest` came to different accuracies; where little is
  /// borrowed, that is chance.
  private func noteDisagreement(_ resamples: ProblemResamples, _ results: inout SelfCheckResults) {
    guard let matched = plan.policies.firstIndex(of: .matched), let nearest = plan.policies.firstIndex(of: .nearest)
    else { return }
    for index in cells {
      for (position, budget) in world.budgets.enumerated() {
        let names = [matched, nearest].map {
          replays[$0].cells[index].row(budget: budget, scorer: replays[$0].scorer)
        }
        guard results.rows.contains(where: { $0.cell == names[0] && $0.borrowsMuch }) else { continue }
        let sides = [matched, nearest].map {
          resamples.successes(of: replays[$0].outcomes(cell: index, budget: position))
        }
        guard resamples.difference(sides[0], sides[1])?.exceeds(WarningThresholds.standard.disagreement) == true
        else { continue }
        for row in results.rows.indices where names.contains(results.rows[row].cell) {
          results.rows[row].warnings = Set(results.rows[row].warnings).union([.policiesDisagree]).sorted()
        }
      }
    }
  }
}

/// Tells how far a self-check is, over all its parts.
struct SelfCheckProgress {
  private let whole: Int
  private let completed: @Sendable (Int, Int) -> Void
  private var done: @Sendable (Int) -> Void = { _ in }

  init(problems: Int, recordings: Int, completed: @escaping @Sendable (Int, Int) -> Void) {
    whole = problems * (recordings + 1)
    self.completed = completed
  }

  /// Begins a part.
  mutating func set(part: Int, of parts: Int, group: Int, of groups: Int) {
    let (whole, completed) = (whole, completed)
    let counter = Counter()
    let offset = (group * parts + part) * whole
    done = { _ in completed(offset + counter.increment() + 1, whole * parts * groups) }
  }

  /// Told that one problem more is done.
  var advanced: @Sendable (Int) -> Void { done }
}
