import Traces

/// Diverse verifier tree search: N / M independent subtrees, each one path.
///
/// In each subtree M continuations are drawn and the best by aggregated score is kept, until it finishes or 40 levels.
/// The N completions are all M candidates of each subtree's last level, often unfinished: they count, can be chosen, and
/// are then wrong; `dropOpen` leaves them out.
///
/// E. Beeching, L. Tunstall and S. Rush, "Scaling test-time compute with open models" (2024); search-and-learn at 6f81cac,
/// `src/sal/search/diverse_verifier_tree_search.py`.
///
/// - Complexity: O(N) a level.
struct DiverseVerifierTreeSearch: ReplayMethod {
  let width: Int
  let maximumSteps: Int
  let answer: AnswerRule
  let dropsOpen: Bool
  /// Whether search-and-learn's rules hold: the first of equals wins, and the last level runs to the end.
  let isPublished: Bool
  /// Greedy steps that the score of a candidate includes where they are recorded, but on the last level.
  let lookAhead: Int

  var hasRules: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    guard budget % width == 0 else { return .notMultiple(of: width, option: "width") }
    return budget > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.completed.removeAll(keepingCapacity: true)
    engine.placeAtPrompt(workspace.candidates, count: budget)
    var active = budget
    for level in 1...maximumSteps {
      var open = engine.advance(workspace.candidates, count: active)
      while isPublished, open > 0, level == maximumSteps {
        open = engine.advance(workspace.candidates, count: active)
      }
      guard !engine.tally.isRefused else { return RunOutcome() }
      let isLast = level == maximumSteps
      if lookAhead > 0 { judge(active, ahead: isLast ? 0 : lookAhead, engine: &engine, workspace: workspace) }
      active = select(active, isLast: isLast, engine: &engine, workspace: &workspace)
      if active == 0 { break }
    }
    return conclude(engine: &engine, workspace: &workspace)
  }

  /// Replaces the candidates of each subtree by copies of its best, or ends the subtree.
  ///
  /// - Returns: The number of candidates of the subtrees that go on.
  private func select(_ count: Int, isLast: Bool, engine: inout ReplayEngine, workspace: inout Workspace) -> Int {
    var active = 0
    for first in stride(from: 0, to: count, by: width) {
      let best = bestOfSubtree(first, engine: &engine, workspace: workspace)
      if isLast || engine.isFinished(workspace.candidates[best]) {
        for i in first..<first + width { workspace.completed.append(judged(i, workspace)) }
      } else {
        let chosen = workspace.candidates[best]
        for i in active..<active + width { workspace.candidates[i] = chosen }
        active += width
      }
    }
    return active
  }

  /// Puts the candidates as they are judged beside the candidates.
  private func judge(_ count: Int, ahead: Int, engine: inout ReplayEngine, workspace: borrowing Workspace) {
    for i in 0..<count {
      workspace.next[i] = engine.judgedAhead(workspace.candidates[i], steps: ahead, isScored: true)
    }
  }

  private func judged(_ i: Int, _ workspace: borrowing Workspace) -> Candidate {
    lookAhead > 0 ? workspace.next[i] : workspace.candidates[i]
  }

  private func bestOfSubtree(_ first: Int, engine: inout ReplayEngine, workspace: borrowing Workspace) -> Int {
    var best = first
    var bestRank = engine.scores.rank(of: judged(first, workspace))
    var ties = 1
    for i in first + 1..<first + width {
      let rank = engine.scores.rank(of: judged(i, workspace))
      if rank > bestRank {
        (best, bestRank, ties) = (i, rank, 1)
      } else if rank == bestRank, !isPublished {
        ties += 1
        if engine.stream.below(ties) == 0 { best = i }
      }
    }
    return best
  }

  private func conclude(engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    if dropsOpen { workspace.completed.removeAll { !engine.isFinished($0) } }
    let choice = isPublished ? RolloutChoice.published : RolloutChoice()
    return FinalCandidates.judgeCompleted(answer, choice, engine: &engine, workspace: &workspace)
  }
}

extension DiverseVerifierTreeSearch {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "dvts", "diverse verifier tree search", source: .steps, needs: [.scores],
    options: [
      .width, .maximumSteps, .searchAnswer.available(.withoutPreset),
      MethodOption(
        "dropOpen", .flag, standard: "false", "leave candidates without an end out of the answer",
        availability: .withoutPreset),
      .lookAhead, .neighbours,
    ], presets: [.init("sal", version: "search-and-learn 6f81cac")]
  ) { settings in
    DiverseVerifierTreeSearch(
      width: settings.whole("width"), maximumSteps: settings.whole("maxSteps"),
      answer: AnswerRule(rawValue: settings.word("answer")) ?? .argmax, dropsOpen: settings.flag("dropOpen"),
      isPublished: settings.preset == "sal", lookAhead: settings.whole(MethodOption.lookAhead.name))
  }
}
