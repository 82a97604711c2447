import Traces

/// Beam search as search-and-learn at 6f81cac runs it, `src/sal/search/beam_search.py`.
///
/// Every level is refilled to N in list order, as long as one beam is active: the pruned list is repeated, best or not.
/// The N // M best stay (all when N < M), in list order. Completed beams leave; the first N to complete are the result
/// (`sortCompleted`: the best N), repeated to N when fewer. The last level runs to the end of each beam. The first of
/// equally good results answers; of equally good beams at the margin the later stay, as numpy's sort leaves them.
struct SearchAndLearnBeam: ReplayMethod {
  let width: Int
  let maximumSteps: Int
  let sortsCompleted: Bool
  let filtersDuplicates: Bool
  /// Greedy steps after each drawn one: the program generates them and scores the text without them.
  let lookAhead: Int

  static let sortCompleted = MethodOption(
    "sortCompleted", .flag, standard: "false", "the best N completed beams count instead of the first N",
    availability: .presets(["sal"]))
  static let filterDuplicates = MethodOption(
    "filterDuplicates", .flag, standard: "false", "beams with equal texts are dropped but one",
    availability: .presets(["sal"]))

  init(_ settings: MethodSettings) {
    width = settings.whole("width")
    maximumSteps = settings.whole("maxSteps")
    sortsCompleted = settings.flag("sortCompleted")
    filtersDuplicates = settings.flag("filterDuplicates")
    lookAhead = settings.whole(MethodOption.lookAhead.name)
  }

  var hasRules: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    engine.placeAtPrompt(workspace.candidates, count: budget)
    var active = budget
    for level in 1...maximumSteps {
      for i in active..<budget { workspace.candidates[i] = workspace.candidates[i % active] }
      var open = engine.advance(workspace.candidates, count: budget)
      while open > 0, level == maximumSteps { open = engine.advance(workspace.candidates, count: budget) }
      guard !engine.tally.isRefused else { return RunOutcome() }
      if lookAhead > 0, level < maximumSteps {
        for i in 0..<budget { _ = engine.judgedAhead(workspace.candidates[i], steps: lookAhead, isScored: false) }
      }
      active = workspace.retireFinished(budget, engine: engine)
      if active == 0 { break }
      if filtersDuplicates { active = dropDuplicates(active, workspace: &workspace) }
      active = prune(active, to: budget / width, engine: engine, workspace: &workspace)
    }
    return conclude(budget, engine: &engine, workspace: &workspace)
  }

  /// Keeps the first beam at each node. Equal texts are one node where prefixes are merged.
  private func dropDuplicates(_ count: Int, workspace: inout Workspace) -> Int {
    var kept = 0
    for i in 0..<count {
      let beam = workspace.candidates[i]
      if (0..<kept).contains(where: { workspace.candidates[$0].node == beam.node }) { continue }
      workspace.candidates[kept] = beam
      kept += 1
    }
    return kept
  }

  /// Keeps the best beams in list order; `kept` = 0 keeps all, as a slice from -0 does.
  private func prune(
    _ count: Int,
    to kept: Int,
    engine: borrowing ReplayEngine,
    workspace: inout Workspace
  ) -> Int {
    guard kept > 0, kept < count else { return count }
    workspace.order = (0..<count).map { Int32($0) }
    workspace.ranks = (0..<count).map { engine.scores.rank(of: workspace.candidates[$0]) }
    let ranks = workspace.ranks
    workspace.order.sort { (ranks[Int($0)], $0) < (ranks[Int($1)], $1) }
    let best = workspace.order.suffix(kept).sorted()
    for (place, i) in best.enumerated() { workspace.candidates[place] = workspace.candidates[Int(i)] }
    return kept
  }

  private func conclude(_ budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let completed = workspace.completed
    guard !completed.isEmpty else { return .nothing }
    var chosen = Array(completed.indices)
    if sortsCompleted {
      let ranks = completed.map { engine.scores.rank(of: $0) }
      chosen.sort { ranks[$0] != ranks[$1] ? ranks[$0] > ranks[$1] : $0 < $1 }
    }
    let count = min(chosen.count, budget)
    // Repeated to N, so that duplicates vote.
    for i in 0..<budget { workspace.candidates[i] = completed[chosen[i % count]] }
    if workspace.recorder != nil { workspace.completed = workspace.candidates.prefix(budget) }
    return FinalCandidates.judgeByScore(
      .argmax, count: budget, firstWinsTies: true, engine: &engine, workspace: &workspace)
  }
}
