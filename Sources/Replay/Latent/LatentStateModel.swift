import Foundation
import Traces

/// A model of hidden states behind the scores of steps, fitted to all recorded rollouts of a scorer's channel.
///
/// A path has a hidden state; each step moves it (`transition`), the score shows it imperfectly (a normal distribution
/// around the state's mean, shifted by an offset of the problem), and the last state decides how probably the answer is
/// right. Where the scores of prefixes build on one another (`dynamics`), what is new in a score takes the score's place.
/// States are sorted by their means. Fitted by expectation maximisation: L. R. Rabiner, "A tutorial on hidden
/// Markov models", Proceedings of the IEEE 77 (1989), doi 10.1109/5.18626, with the outcome as one more emission of the
/// last step.
///
/// It serves the continuation policy `matched`: the states of recorded nodes are drawn given whole chains, outcomes
/// included, and a candidate borrows only from prefixes of its own state. Where the model is right, a step after any
/// prefix of the same state is a draw from the true continuation law.
public struct LatentStateModel: Sendable {
  /// The number of states.
  public internal(set) var stateCount: Int
  /// The mean score of each state, standardised.
  public internal(set) var mean: [Double]
  /// The variance of the score of each state, standardised.
  public internal(set) var variance: [Double]
  /// The probability that an answer is right whose last step is in each state.
  public internal(set) var rightProbability: [Double]
  /// The probability of each state after each state, row by row.
  public internal(set) var transition: [Double]
  /// The probability of each state at the first step, over all problems.
  public internal(set) var start: [Double]
  /// The same for each problem of the training set, by key.
  public internal(set) var startByProblem: [ExactText: [Double]]
  /// What each problem adds to the means, by key.
  public internal(set) var offsetByProblem: [ExactText: Double]
  /// The variance of the problems' offsets.
  public internal(set) var offsetVariance: Double
  /// The mean of all scores on the logit scale: standardised score = (score - centre) / spread.
  public internal(set) var centre: Double
  /// The standard deviation of all scores on the logit scale.
  public internal(set) var spread: Double
  /// How the channel's scores build on one another; states, means and variances are those of what is new in a score.
  public internal(set) var dynamics = ScoreDynamics.judgement
  /// What problems lend one another where one has used up its own prefixes of a state; `nil` where they lend nothing.
  public internal(set) var library: StepLibrary?

  /// What a problem's scores are above those of others, on the logit scale.
  func offset(of problem: String) -> Double { spread * (offsetByProblem[ExactText(problem)] ?? 0) }

  /// The normal density of a standardised score in a state.
  func density(_ value: Double, state: Int) -> Double {
    let difference = value - mean[state]
    let exponent = -0.5 * difference * difference / variance[state]
    return exp(max(exponent, -300)) / variance[state].squareRoot()
  }

  /// A model with one state, in which every prefix may replace every other of its depth.
  static func trivial(centre: Double = 0, spread: Double = 1) -> LatentStateModel {
    LatentStateModel(
      stateCount: 1, mean: [0], variance: [1], rightProbability: [0.5], transition: [1], start: [1],
      startByProblem: [:], offsetByProblem: [:], offsetVariance: 0, centre: centre, spread: spread)
  }
}
