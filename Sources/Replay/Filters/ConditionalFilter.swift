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

  /// Runs the filter, conditional on the workspace's reference: its states after each of its steps, or none for a plain
  /// filter.
  func run(engine: inout ReplayEngine, workspace: inout Workspace) -> Final {
    let count = particles
    let free = workspace.reference.count == 0 ? count : count - 1
    engine.placeAtPrompt(workspace.candidates, count: free)
    var unfinished = engine.advance(workspace.candidates, count: free)
    var step = 1
    var isResampled = false
    record(free, step: step, workspace: &workspace)
    // One resampling more than steps where the last step is resampled, too.
    while step < rules.filter.lastStep || (rules.filter.resamplesLast && step == rules.filter.lastStep) {
      let referenceGoesOn = goesOn(workspace.reference, after: step)
      let isOpen = unfinished > 0 || referenceGoesOn
      guard isOpen || (rules.filter.resamplesLast && !isResampled) else { break }
      resample(free, step: step, engine: &engine, workspace: &workspace)
      guard isOpen, step < rules.filter.lastStep else {
        isResampled = true
        record(free, step: step, workspace: &workspace)
        break
      }
      let draws = engine.tally.coverage.total
      unfinished = engine.advance(workspace.candidates, count: free)
      isResampled = engine.tally.coverage.total == draws && !referenceGoesOn
      step += 1
      record(free, step: step, workspace: &workspace)
      guard !engine.tally.isRefused else { break }
    }
    if free < count { workspace.candidates[free] = workspace.reference.last }
    return Final(count: count, step: step, isResampled: isResampled)
  }

  private func resample(
    _ free: Int,
    step: Int,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) {
    // With the reference alone there is nothing to draw; only who follows the run wants its weight.
    guard free > 0 || workspace.recorder != nil else { return }
    let count = particles
    let hasReference = free < count
    if hasReference { workspace.candidates[free] = weighed(workspace.reference, step: step) }
    rules.filter.weigh(step: step, count: count, engine: &engine, workspace: &workspace)
    workspace.recordWeights(count: count)
    if hasReference { workspace.candidates[free] = state(of: workspace.reference, step: step) }
    if workspace.recorder != nil, hasReference { workspace.ancestors[free] = Int32(truncatingIfNeeded: free) }
    if hasReference, rules.samplesAncestors {
      sampleAncestor(step: step, count: count, engine: &engine, workspace: &workspace)
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
  private func record(_ free: Int, step: Int, workspace: inout Workspace) {
    guard workspace.recorder != nil else { return }
    if free < particles { workspace.candidates[free] = state(of: workspace.reference, step: step) }
    workspace.recordDraws(count: particles)
  }

  /// Whether the reference has steps left that the filter waits for.
  private func goesOn(_ reference: borrowing FlatList<Candidate>, after step: Int) -> Bool {
    rules.waitsForReference && step < reference.count
  }

  /// The reference after a step, or at its end.
  private func state(of reference: borrowing FlatList<Candidate>, step: Int) -> Candidate {
    reference[min(step, reference.count) - 1]
  }

  /// The reference with the score by which it is weighed at a step.
  private func weighed(_ reference: borrowing FlatList<Candidate>, step: Int) -> Candidate {
    switch rules.reference {
    case .present: state(of: reference, step: step)
    case .ahead: reference[min(step, reference.count - 1)]
    case .final: reference[reference.count - 1]
    }
  }

  /// Draws the reference's past anew among the candidates whose continuations have the law of its own, by weight.
  private func sampleAncestor(
    step: Int,
    count: Int,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) {
    guard count > 1, step < workspace.reference.count else { return }
    let own = Int(workspace.reference[step - 1].node)
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
    engine.history.copyPath(to: workspace.candidates[chosen], over: &workspace.reference)
    for place in step..<workspace.reference.count {
      var candidate = workspace.reference[place - 1]
      engine.retrace(&candidate, to: Int(workspace.reference[place].node))
      workspace.reference[place] = candidate
    }
  }

  /// Makes the path of a candidate drawn by final weight the workspace's reference, and returns its end.
  @discardableResult
  func drawReference(_ final: Final, engine: inout ReplayEngine, workspace: inout Workspace) -> Candidate {
    weigh(final, countsResampled: rules.weighsResampled, engine: &engine, workspace: &workspace)
    let chosen = engine.drawIndex(workspace.weights, count: final.count)
    workspace.recordWeights(count: final.count)
    workspace.recorder?.noteKept(chosen)
    let end = workspace.candidates[chosen]
    workspace.takeReference(to: end, history: engine.history)
    return end
  }

  /// Judges the final candidates by weight.
  func conclude(_ final: Final, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    weigh(final, countsResampled: false, engine: &engine, workspace: &workspace)
    workspace.recordWeights(count: final.count)
    var outcome = FinalCandidates.judge(
      count: final.count, firstWinsTies: rules.filter.firstWinsTies, engine: &engine, workspace: &workspace)
    outcome.right = outcome.rules.verdict(rules.filter.answer)
    workspace.recorder?.noteOutcome(outcome)
    return outcome
  }

  /// Fills in the final weights: equal ones where nothing has moved since the particles were resampled, since those were
  /// drawn by weight already.
  private func weigh(
    _ final: Final, countsResampled: Bool, engine: inout ReplayEngine, workspace: inout Workspace
  ) {
    rules.filter.weigh(step: final.step, count: final.count, engine: &engine, workspace: &workspace)
    guard final.isResampled, !countsResampled else { return }
    for i in 0..<final.count { workspace.weights[i] = 1 }
  }
}
