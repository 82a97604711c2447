import Traces

/// Beam search over reasoning steps with a budget of N beams and width M.
///
/// N beams draw a step; finished ones move to the completed list; of the rest the N / M best are kept and copied in turn,
/// best first, until the pool holds N again; until none is left, at least N beams have completed, or 40 levels. The
/// answer comes from all completed; nothing completed is a wrong answer.
///
/// C. Snell et al., arXiv 2408.03314; the programs' variants are presets with rules of their own.
///
/// - Complexity: O(N log N) a level.
struct BeamSearch: ReplayMethod {
  let width: Int
  let maximumSteps: Int
  let answer: AnswerRule

  var hasRules: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    guard budget % width == 0 else { return .notMultiple(of: width, option: "width") }
    return budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    engine.placeAtPrompt(workspace.candidates, count: budget)
    for level in 1...maximumSteps {
      var unfinished = engine.advance(workspace.candidates, count: budget)
      guard !engine.tally.isRefused else { return RunOutcome() }
      unfinished = retire(budget, engine: engine, workspace: &workspace)
      if unfinished == 0 || workspace.completed.count >= budget || level == maximumSteps { break }
      workspace.rankOrder(count: unfinished, engine: &engine)
      let kept = min(budget / width, unfinished)
      for i in 0..<budget { workspace.next[i] = workspace.candidates[Int(workspace.order[i % kept])] }
      swap(&workspace.candidates, &workspace.next)
    }
    return conclude(engine: &engine, workspace: &workspace)
  }

  /// Moves finished beams to the completed list and closes the gaps.
  ///
  /// - Returns: The number of beams that go on.
  private func retire(_ count: Int, engine: borrowing ReplayEngine, workspace: inout Workspace) -> Int {
    var kept = 0
    for i in 0..<count {
      let beam = workspace.candidates[i]
      if engine.isFinished(beam) {
        workspace.completed.append(beam)
      } else {
        workspace.candidates[kept] = beam
        kept += 1
      }
    }
    return kept
  }

  private func conclude(engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let count = workspace.completed.count
    guard count > 0 else { return .nothing }
    // Up to 2 N - 1 paths complete: N - 1 before the last level and N there.
    workspace.reserve(count, classes: 0)
    for i in 0..<count { workspace.candidates[i] = workspace.completed[i] }
    return FinalCandidates.judgeByScore(answer, count: count, engine: &engine, workspace: &workspace)
  }
}

extension BeamSearch {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "beam", "beam search", source: .steps, needs: [.scores],
    options: [.width, .maximumSteps, .searchAnswer, .neighbours]
  ) { settings in
    BeamSearch(
      width: settings.whole("width"), maximumSteps: settings.whole("maxSteps"),
      answer: AnswerRule(rawValue: settings.word("answer")) ?? .argmax)
  }
}
