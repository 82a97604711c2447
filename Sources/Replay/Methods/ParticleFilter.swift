import Traces

/// Particle filtering over reasoning steps.
///
/// N particles each draw a step; while one is unfinished, all are weighted by softmax of the log-odds of their aggregated
/// score, resampled, and each unfinished one draws a step. Finished particles take part with their final score.
///
/// I. Puri et al., arXiv 2502.01618; presets `pis` (probabilistic-inference-scaling at f75d461,
/// `src/sal/search/particle_gibbs_batch.py`) and `its_hub` (its-hub 1.2.0, `core/algorithms/particle_gibbs.py`).
///
/// - Complexity: O(N) a step; O(N log N) with residual resampling or killing.
struct ParticleFilter: ReplayMethod {
  let settings: FilterSettings

  var hasRules: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.placeAtPrompt(workspace.candidates, count: budget)
    if settings.carriesWeights { workspace.clearCarried(count: budget) }
    workspace.beginRecord()
    var unfinished = engine.advance(workspace.candidates, count: budget)
    workspace.recordDraws(count: budget)
    var step = 1
    var isResampled = false
    while unfinished > 0, step < settings.lastStep {
      settings.weigh(step: step, count: budget, engine: &engine, workspace: &workspace)
      workspace.recordWeights(count: budget)
      isResampled = settings.resample(count: budget, engine: &engine, workspace: &workspace)
      if isResampled { workspace.recordAncestors(count: budget) }
      let draws = engine.tally.coverage.total
      unfinished = engine.advance(workspace.candidates, count: budget)
      workspace.recordDraws(count: budget)
      if engine.tally.coverage.total > draws { isResampled = false }
      step += 1
    }
    guard !engine.tally.isRefused else { return RunOutcome() }
    return conclude(step: step, count: budget, isResampled: isResampled, engine: &engine, workspace: &workspace)
  }

  /// Judges the final candidates: by weight, or equally where nothing has moved since they were resampled.
  private func conclude(
    step: Int,
    count: Int,
    isResampled: Bool,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> RunOutcome {
    if isResampled {
      for i in 0..<count { workspace.weights[i] = 1 }
    } else {
      settings.weigh(step: step, count: count, engine: &engine, workspace: &workspace)
    }
    workspace.recordWeights(count: count)
    var outcome = FinalCandidates.judge(
      count: count, firstWinsTies: settings.firstWinsTies, engine: &engine, workspace: &workspace)
    if settings.resamplesLast, !isResampled {
      // The answer is chosen among resampled candidates; `expected` keeps the weights before it.
      let expected = outcome.expected
      if settings.resample(count: count, engine: &engine, workspace: &workspace) {
        workspace.recordAncestors(count: count)
      }
      workspace.recordDraws(count: count)
      for i in 0..<count { workspace.weights[i] = 1 }
      workspace.recordWeights(count: count)
      outcome = FinalCandidates.judge(
        count: count, firstWinsTies: settings.firstWinsTies, engine: &engine, workspace: &workspace)
      outcome.expected = expected
    }
    outcome.right = outcome.rules.verdict(settings.answer)
    workspace.recorder?.noteOutcome(outcome)
    return outcome
  }
}

extension ParticleFilter {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "pf", "particle filter", source: .steps, needs: [.scores], options: FilterSettings.options + [.neighbours],
    presets: [
      .init(
        "pis", version: "probabilistic-inference-scaling f75d461",
        ["resampling": "multinomial", "ties": "first", "clip": "2.220446049250313e-16"]),
      .init(
        "its_hub", version: "its-hub 1.2.0",
        ["resampling": "multinomial", "ties": "first", "resampleLast": "true"]),
    ]
  ) { settings throws(ReplayError) in
    ParticleFilter(settings: try FilterSettings(settings))
  }
}
