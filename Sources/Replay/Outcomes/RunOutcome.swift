import Traces

/// What one run of a method came to.
struct RunOutcome: Sendable {
  /// Whether the answer is right: 0 or 1.
  var right: Double = 0
  /// The expected accuracy of a draw from the final weights; equal to `right` where the method has none.
  var expected: Double = 0
  /// The share of candidates without an end among those that the answer was chosen from.
  var openShare: Double = 0
  /// What each answer rule of the filter would have said.
  var rules = AnswerRules()

  /// The outcome of a run that has no candidate to choose from: a wrong answer.
  static let nothing = RunOutcome(rules: AnswerRules(argmax: 0, vote: 0, weightedVote: 0))

  /// The outcome of a rule that gives one answer.
  static func verdict(_ isRight: Bool) -> RunOutcome {
    RunOutcome(right: isRight ? 1 : 0, expected: isRight ? 1 : 0)
  }
}

/// The verdicts of all answer rules on one run's final candidates: 0 or 1 each, NaN where the method has no such rule.
public struct AnswerRules: Hashable, Sendable {
  /// The candidate with the highest aggregated score.
  public var argmax: Double = .nan
  /// A candidate drawn by weight.
  public var sample: Double = .nan
  /// The largest class.
  public var vote: Double = .nan
  /// The class with the largest sum of weights.
  public var weightedVote: Double = .nan
}

/// A rule that makes one answer out of a method's final candidates.
enum AnswerRule: String, Hashable, Sendable, CaseIterable {
  case argmax
  case sample
  case vote
  case weightedVote
}

extension AnswerRules {
  func verdict(_ rule: AnswerRule) -> Double {
    switch rule {
    case .argmax: argmax
    case .sample: sample
    case .vote: vote
    case .weightedVote: weightedVote
    }
  }
}
