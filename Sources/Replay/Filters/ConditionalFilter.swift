import Traces

/// One iteration of particle Gibbs: a filter whose last particle is a given path.
struct ConditionalFilter {
  let rules: ParticleGibbs
  /// All particles, the reference included.
  let particles: Int

  /// The state after the last step.
  struct Final {
    /// Particles in the workspace, the reference, if there is one, last.
    var count: Int
    var step: Int
    /// Whether the free particles have just been resampled and have not moved since.
    var isResampled: Bool
  }

  /// Runs the filter.
  ///
  /// - Parameter reference: The reference's states after each of its steps; empty for a plain filter.
  func run(reference: [Candidate], engine: inout ReplayEngine, workspace: inout Workspace) -> Final {
    var reference = reference
    let free = reference.isEmpty ? particles : particles - 1
    engine.placeAtPrompt(workspace.candidates, count: free)
    var unfinished = engine.advance(workspace.candidates, count: free)
    var step = 1
    var isResampled = false
    record(free, step: step, reference: reference, workspace: &workspace)
    // One resampling more than steps where the last step is resampled, too; the reference alone never needs one.
    while step < rules.filter.maximumSteps || (rules.filter.resamplesLast && step == rules.filter.maximumSteps) {
      guard unfinished > 0 || (rules.filter.resamplesLast && !isResampled) else { break }
      resample(free, step: step, reference: &reference, engine: &engine, workspace: &workspace)
      let wasUnfinished = unfinished > 0
      guard wasUnfinished, step < rules.filter.maximumSteps else {
        isResampled = true
        record(free, step: step, reference: reference, workspace: &workspace)
        break
      }
      let draws = engine.tally.coverage.total
      unfinished = engine.advance(workspace.candidates, count: free)
      isResampled = engine.tally.coverage.total == draws
      step += 1
      record(free, step: step, reference: reference, workspace: &workspace)
      guard !engine.tally.isRefused else { break }
    }
    if let last = reference.last { workspace.candidates[free] = last }
    return Final(count: reference.isEmpty ? free : free + 1, step: step, isResampled: isResampled)
  }

  private func resample(
    _ free: Int,
    step: Int,
    reference: inout [Candidate],
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) {
    let present = state(of: reference, step: step)
    if let present { workspace.candidates[free] = weighed(reference, step: step, present: present) }
    let count = present == nil ? free : free + 1
    rules.filter.weigh(step: step, count: count, engine: &engine, workspace: &workspace)
    workspace.recordWeights(count: count)
    if let present { workspace.candidates[free] = present }
    if workspace.recorder != nil, present != nil { workspace.ancestors[free] = Int32(truncatingIfNeeded: free) }
    if present != nil, rules.samplesAncestors {
      sampleAncestor(step: step, count: count, reference: &reference, engine: &engine, workspace: &workspace)
    }
    ResamplingScheme.accumulate(workspace.weights, count, into: workspace.numbers)
    let isRecorded = workspace.recorder != nil
    for i in 0..<free {
      let ancestor = engine.drawIndex(workspace.weights, cumulative: workspace.numbers, count: count)
      workspace.next[i] = workspace.candidates[ancestor]
      if isRecorded { workspace.ancestors[i] = Int32(truncatingIfNeeded: ancestor) }
    }
    workspace.recordAncestors(count: count)
    swap(&workspace.candidates, &workspace.next)
  }

  /// Records all particles after a step, the reference last, where a record is asked for.
  @inline(__always)
  private func record(_ free: Int, step: Int, reference: [Candidate], workspace: inout Workspace) {
    guard workspace.recorder != nil else { return }
    if let present = state(of: reference, step: step) { workspace.candidates[free] = present }
    workspace.recordDraws(count: reference.isEmpty ? free : free + 1)
  }

  /// The reference after a step, or at its end.
  private func state(of reference: [Candidate], step: Int) -> Candidate? {
    reference.isEmpty ? nil : reference[min(step, reference.count) - 1]
  }

  /// The reference with the score by which it is weighed at a step.
  private func weighed(_ reference: [Candidate], step: Int, present: Candidate) -> Candidate {
    switch rules.reference {
    case .present: present
    case .ahead: reference[min(step, reference.count - 1)]
    case .final: reference[reference.count - 1]
    }
  }

  /// Draws the reference's past anew among the candidates whose continuations have the law of its own, by weight.
  private func sampleAncestor(
    step: Int,
    count: Int,
    reference: inout [Candidate],
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) {
    guard step < reference.count else { return }
    let own = Int(reference[step - 1].node)
    for i in 0..<count {
      let candidate = workspace.candidates[i]
      let fits =
        !engine.isFinished(candidate) && Int(candidate.steps) == step
        && engine.sharesFuture(own, Int(candidate.node))
      workspace.spare[i] = fits ? workspace.weights[i] : 0
    }
    let chosen = engine.drawIndex(workspace.spare, count: count)
    guard chosen != count - 1 else { return }
    if workspace.recorder != nil { workspace.ancestors[count - 1] = Int32(truncatingIfNeeded: chosen) }
    var path = engine.history.path(to: workspace.candidates[chosen])
    for next in reference[step...] {
      guard var candidate = path.last else { return }
      engine.retrace(&candidate, to: Int(next.node))
      path.append(candidate)
    }
    reference = path
  }

  /// The path of a candidate drawn by final weight.
  func drawReference(_ final: Final, engine: inout ReplayEngine, workspace: inout Workspace) -> [Candidate] {
    rules.filter.weigh(step: final.step, count: final.count, engine: &engine, workspace: &workspace)
    let chosen = engine.drawIndex(workspace.weights, count: final.count)
    workspace.recordWeights(count: final.count)
    workspace.recorder?.noteKept(chosen)
    return engine.history.path(to: workspace.candidates[chosen])
  }

  /// Judges the final candidates by weight.
  func conclude(_ final: Final, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    rules.filter.weigh(step: final.step, count: final.count, engine: &engine, workspace: &workspace)
    if final.isResampled {
      for i in 0..<final.count { workspace.weights[i] = 1 }
    }
    workspace.recordWeights(count: final.count)
    var outcome = FinalCandidates.judge(
      count: final.count, firstWinsTies: rules.filter.firstWinsTies, engine: &engine, workspace: &workspace)
    outcome.right = outcome.rules.verdict(rules.filter.answer)
    workspace.recorder?.noteOutcome(outcome)
    return outcome
  }
}
