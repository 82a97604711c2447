import Traces

/// Votes among the rollouts that a run has drawn.
enum RolloutVote {
  /// Whether the class with the largest sum of weights is the right one; false where nobody votes. Ties at random.
  static func isRight(count: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> Bool {
    for i in 0..<count {
      let answer = Int(engine.selection.answerClass[engine.rollout(i)])
      if answer >= 0 { workspace.votes[answer] += workspace.weights[i] }
    }
    var winner = -1
    var most = -Double.infinity
    var ties = 0
    for i in 0..<count {
      let answer = Int(engine.selection.answerClass[engine.rollout(i)])
      guard answer >= 0, !workspace.votes[answer].isNaN else { continue }
      let votes = workspace.votes[answer]
      // Sums of unbounded scores may be negative, so a counted class is marked by NaN.
      workspace.votes[answer] = .nan
      if votes > most {
        (winner, most, ties) = (answer, votes, 1)
      } else if votes == most {
        ties += 1
        if engine.stream.below(ties) == 0 { winner = answer }
      }
    }
    for i in 0..<count {
      let answer = Int(engine.selection.answerClass[engine.rollout(i)])
      if answer >= 0 { workspace.votes[answer] = 0 }
    }
    return winner == 0
  }
}
