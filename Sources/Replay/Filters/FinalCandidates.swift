import Traces

/// The answers that a weighted set of candidates gives.
enum FinalCandidates {
  /// Applies every answer rule to the workspace's candidates and weights.
  ///
  /// Candidates without an end or an answer vote for nothing, can be chosen, and are wrong.
  static func judge(
    count: Int,
    firstWinsTies: Bool,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> RunOutcome {
    var outcome = RunOutcome()
    var open = 0
    var total = 0.0
    var right = 0.0
    for i in 0..<count {
      let candidate = workspace.candidates[i]
      total += workspace.weights[i]
      if engine.isRight(candidate) { right += workspace.weights[i] }
      if !engine.isFinished(candidate) { open += 1 }
    }
    outcome.expected = total > 0 ? right / total : 0
    outcome.openShare = Double(open) / Double(max(count, 1))
    let best = highest(count, firstWinsTies: firstWinsTies, engine: &engine, workspace: workspace)
    workspace.recorder?.noteBest(best)
    outcome.rules.argmax = engine.isRight(workspace.candidates[best]) ? 1 : 0
    let drawn = ResamplingScheme.index(of: engine.stream.uniform() * total, in: workspace.weights, count)
    outcome.rules.sample = engine.isRight(workspace.candidates[drawn]) ? 1 : 0
    let choice = RolloutChoice(firstWinsTies: firstWinsTies)
    outcome.rules.vote = vote(count, isWeighted: false, choice, engine: &engine, workspace: &workspace)
    outcome.rules.weightedVote = vote(count, isWeighted: true, choice, engine: &engine, workspace: &workspace)
    outcome.right = outcome.rules.argmax
    return outcome
  }

  /// Applies the answer rules of a search to the workspace's completed candidates; none is a wrong answer.
  static func judgeCompleted(
    _ answer: AnswerRule,
    _ choice: RolloutChoice = RolloutChoice(),
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> RunOutcome {
    let count = workspace.completed.count
    guard count > 0 else { return .nothing }
    workspace.reserve(count, classes: 0)
    for i in 0..<count { workspace.candidates[i] = workspace.completed[i] }
    return judgeByScore(answer, count: count, choice, engine: &engine, workspace: &workspace)
  }

  /// Applies the answer rules of a search, whose candidates have scores and no weights.
  ///
  /// A weighted vote sums aggregated scores; with search-and-learn's rules last scores, since its scoring stage reads no
  /// others. `expected` equals the verdict.
  static func judgeByScore(
    _ answer: AnswerRule,
    count: Int,
    _ choice: RolloutChoice,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> RunOutcome {
    var outcome = RunOutcome()
    var open = 0
    for i in 0..<count {
      let candidate = workspace.candidates[i]
      workspace.weights[i] = choice.isPublished ? engine.scores.lastScore(of: candidate) : candidate.score
      if !engine.isFinished(workspace.candidates[i]) { open += 1 }
    }
    outcome.openShare = Double(open) / Double(count)
    let best = highest(count, firstWinsTies: choice.firstWinsTies, engine: &engine, workspace: workspace)
    workspace.recorder?.noteBest(best)
    outcome.rules.argmax = engine.isRight(workspace.candidates[best]) ? 1 : 0
    outcome.rules.vote = vote(count, isWeighted: false, choice, engine: &engine, workspace: &workspace)
    outcome.rules.weightedVote = vote(count, isWeighted: true, choice, engine: &engine, workspace: &workspace)
    outcome.right = outcome.rules.verdict(answer)
    outcome.expected = outcome.right
    return outcome
  }

  /// The candidate with the highest aggregated score.
  static func highest(
    _ count: Int,
    firstWinsTies: Bool,
    engine: inout ReplayEngine,
    workspace: borrowing Workspace
  ) -> Int {
    var best = 0
    var bestRank = engine.scores.rank(of: workspace.candidates[0])
    var ties = 1
    for i in 1..<max(count, 1) {
      let rank = engine.scores.rank(of: workspace.candidates[i])
      if rank > bestRank {
        (best, bestRank, ties) = (i, rank, 1)
      } else if rank == bestRank, !firstWinsTies {
        ties += 1
        if engine.stream.below(ties) == 0 { best = i }
      }
    }
    return best
  }

  /// Whether the class with the most votes is the right one: 0 or 1; 0 where nobody votes.
  static func vote(
    _ count: Int,
    isWeighted: Bool,
    _ choice: RolloutChoice,
    engine: inout ReplayEngine,
    workspace: inout Workspace
  ) -> Double {
    workspace.voters.removeAll(keepingCapacity: true)
    for i in 0..<count {
      workspace.voters.append(Int32(truncatingIfNeeded: choice.answerClass(of: workspace.candidates[i], engine)))
    }
    return choice.isVoteOfVotersRight(isWeighted: isWeighted, engine: &engine, workspace: &workspace) ? 1 : 0
  }
}
