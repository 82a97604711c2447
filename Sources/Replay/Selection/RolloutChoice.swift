import Traces

/// Choices among the rollouts that a run has drawn, which are in the workspace's `order`.
struct RolloutChoice: Hashable, Sendable {
  /// Whether the first of equals wins instead of a random one.
  var firstWinsTies = false
  /// Whether rollouts without an answer form a class of their own, as search-and-learn counts the empty answer.
  var countsNoAnswer = false

  /// search-and-learn's scoring stage, `src/sal/utils/math.py` and `score.py`.
  static let published = RolloutChoice(firstWinsTies: true, countsNoAnswer: true)

  /// Whether search-and-learn's rules hold.
  var isPublished: Bool { countsNoAnswer }

  /// By how much two sums of weights may differ and still be a tie.
  ///
  /// Sums of decimal scores differ in the last bits by the order of their terms: 0.1 + 0.2 and 0.3 are the same to
  /// whoever wrote them. The programs compare them as they are.
  ///
  /// - Parameter cast: The sum of the sizes of all weights that voted.
  @inline(__always)
  func margin(_ cast: Double) -> Double { firstWinsTies ? 0 : Self.tieMargin * cast }

  /// The difference, as a share of all weights that voted, up to which sums of weights are equal.
  static let tieMargin = 1e-12

  /// Whether the class with the largest sum of weights is the right one; false where nobody votes.
  ///
  /// The weight of the i-th drawn rollout is the workspace's i-th weight.
  func isVoteRight(engine: inout ReplayEngine, workspace: inout Workspace) -> Bool {
    workspace.voters.removeAll(keepingCapacity: true)
    for rollout in workspace.order {
      workspace.voters.append(Int32(truncatingIfNeeded: answerClass(rollout, engine.selection) ?? -1))
    }
    return isVoteOfVotersRight(isWeighted: true, engine: &engine, workspace: &workspace)
  }

  /// Whether the class with the largest sum of weights is the right one; false where nobody votes.
  ///
  /// The workspace's `voters` name their classes, -1 where they vote for nothing; the i-th has the i-th weight, or 1.
  func isVoteOfVotersRight(isWeighted: Bool, engine: inout ReplayEngine, workspace: inout Workspace) -> Bool {
    var cast = 0.0
    for (i, answer) in workspace.voters.enumerated() where answer >= 0 {
      let weight = isWeighted ? workspace.weights[i] : 1
      workspace.votes[Int(answer)] += weight
      cast += abs(weight)
    }
    let margin = margin(cast)
    var winner: Int32 = -1
    var most = -Double.infinity
    var ties = 0
    // Classes in order of their first voter, so that ties can go to the first; each is counted once. Sums of unbounded
    // scores may be negative, so a counted class is marked by NaN.
    for answer in workspace.voters where answer >= 0 {
      let votes = workspace.votes[Int(answer)]
      guard !votes.isNaN else { continue }
      workspace.votes[Int(answer)] = .nan
      if votes > most + margin {
        (winner, most, ties) = (answer, votes, 1)
      } else if votes >= most - margin, !firstWinsTies {
        ties += 1
        if engine.stream.below(ties) == 0 { winner = answer }
      }
    }
    for answer in workspace.voters where answer >= 0 { workspace.votes[Int(answer)] = 0 }
    return winner == 0
  }

  /// The votes' index of a rollout's answer: its class, or one beyond the classes for no answer where that counts.
  func answerClass(_ rollout: Int32, _ selection: SelectionPool) -> Int? {
    let answer = Int(selection.answerClass[Int(rollout)])
    if answer >= 0 { return answer }
    return countsNoAnswer ? selection.classCount : nil
  }

  /// The votes' index of a candidate's answer; -1 where it votes for nothing.
  ///
  /// A candidate without an end has no answer that is recorded, so it never votes: what search-and-learn would read in its
  /// text, the last number, nobody wrote down.
  func answerClass(of candidate: Candidate, _ engine: borrowing ReplayEngine) -> Int {
    let answer = engine.answerClass(candidate)
    guard answer < 0, countsNoAnswer, engine.isFinished(candidate) else { return answer }
    return engine.selection.classCount
  }

  /// The drawn rollout with the largest weight.
  func best(engine: inout ReplayEngine, workspace: borrowing Workspace) -> Int {
    var best = 0
    var ties = 1
    for i in 1..<max(workspace.order.count, 1) {
      if workspace.weights[i] > workspace.weights[best] {
        (best, ties) = (i, 1)
      } else if workspace.weights[i] == workspace.weights[best], !firstWinsTies {
        ties += 1
        if engine.stream.below(ties) == 0 { best = i }
      }
    }
    return Int(workspace.order[best])
  }
}

/// What a rule makes of drawn rollouts.
enum SelectionRule: String, Hashable, Sendable, CaseIterable {
  /// The largest class.
  case majority
  /// The rollout with the highest aggregated score.
  case bon
  /// The class with the largest sum of aggregated scores.
  case wbon

  /// Applies the rule to the rollouts in the workspace's `order`.
  func isRight(_ choice: RolloutChoice, engine: inout ReplayEngine, workspace: inout Workspace) -> Bool {
    for i in workspace.order.indices {
      let rollout = Int(workspace.order[i])
      switch self {
      case .majority: workspace.weights[i] = 1
      case .bon: workspace.weights[i] = engine.selection.rank[rollout]
      case .wbon: workspace.weights[i] = engine.selection.score[rollout]
      }
    }
    if self == .bon {
      return engine.selection.answerClass[choice.best(engine: &engine, workspace: workspace)] == 0
    }
    return choice.isVoteRight(engine: &engine, workspace: &workspace)
  }
}
