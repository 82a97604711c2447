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
      _ = engine.advance(workspace.candidates, count: budget)
      guard !engine.tally.isRefused else { return RunOutcome() }
      let open = workspace.retireFinished(budget, engine: engine)
      if open == 0 || workspace.completed.count >= budget || level == maximumSteps { break }
      workspace.rankOrder(count: open, engine: &engine)
      let kept = min(budget / width, open)
      for i in 0..<budget { workspace.next[i] = workspace.candidates[Int(workspace.order[i % kept])] }
      swap(&workspace.candidates, &workspace.next)
    }
    return FinalCandidates.judgeCompleted(answer, engine: &engine, workspace: &workspace)
  }
}

extension BeamSearch {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "beam", "beam search", source: .steps, needs: [.scores],
    options: [
      .width.available(.exceptPresets(["cot"])), .maximumSteps, .searchAnswer.available(.withoutPreset),
      SearchAndLearnBeam.sortCompleted, SearchAndLearnBeam.filterDuplicates, .lookAhead, ComputeOptimalBeam.kept,
      .neighbours,
    ],
    presets: [
      .init("sal", version: "search-and-learn 6f81cac"), .init("its_hub", version: "its-hub 1.2.0"),
      .init("cot", version: "compute-optimal-tts 0ee2578"),
    ]
  ) { settings -> any ReplayMethod in
    switch settings.preset {
    case "sal": SearchAndLearnBeam(settings)
    case "its_hub": HubBeam(width: settings.whole("width"), maximumSteps: settings.whole("maxSteps"))
    case "cot": ComputeOptimalBeam(kept: settings.whole("numSeq"), maximumSteps: settings.whole("maxSteps"))
    default:
      BeamSearch(
        width: settings.whole("width"), maximumSteps: settings.whole("maxSteps"),
        answer: AnswerRule(rawValue: settings.word("answer")) ?? .argmax)
    }
  }
}
