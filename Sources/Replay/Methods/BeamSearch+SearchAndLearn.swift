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
    // Sorted from the end of the list, so that of equals the later stay.
    workspace.ranks.removeAll(keepingCapacity: true)
    for i in 0..<count { workspace.ranks.append(engine.scores.rank(of: workspace.candidates[count - 1 - i])) }
    workspace.sortPlaces()
    for i in 0..<count { workspace.ancestors[i] = 0 }
    for place in 0..<kept { workspace.ancestors[count - 1 - Int(workspace.places[place])] = 1 }
    var next = 0
    for i in 0..<count where workspace.ancestors[i] == 1 {
      workspace.candidates[next] = workspace.candidates[i]
      next += 1
    }
    return kept
  }

  private func conclude(_ budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let count = min(workspace.completed.count, budget)
    guard count > 0 else { return .nothing }
    workspace.ranks.removeAll(keepingCapacity: true)
    for beam in workspace.completed { workspace.ranks.append(sortsCompleted ? engine.scores.rank(of: beam) : 0) }
    workspace.sortPlaces()
    // Repeated to N, so that duplicates vote.
    for i in 0..<budget { workspace.candidates[i] = workspace.completed[Int(workspace.places[i % count])] }
    if workspace.recorder != nil { workspace.completed = workspace.candidates.prefix(budget) }
    return FinalCandidates.judgeByScore(
      .argmax, count: budget, .published, engine: &engine, workspace: &workspace)
  }
}
