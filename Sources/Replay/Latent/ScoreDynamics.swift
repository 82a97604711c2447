import Foundation

/// How the scores of the successive prefixes of a path build on one another, on the logit scale.
///
/// A candidate that borrows a step takes over what is *new* in the donor's score, its innovation, and keeps what its own
/// score already holds. Which of these a prefix channel is, the record itself tells (`LatentStateModel.init(fittedTo:)`).
/// The step channel judges each step by itself.
public enum ScoreDynamics: String, Sendable, CaseIterable {
  /// Each score judges anew: all of it is new.
  case judgement
  /// Each score is the one before plus something new, as a total of log-probabilities is.
  case sum
  /// Each score is the mean of what was new at all steps so far.
  case mean

  /// What is new in a score.
  ///
  /// - Parameters:
  ///   - value: The score after a step.
  ///   - previous: The score before it; 0 for the first step.
  ///   - step: The number of steps that the score is about, from 1.
  func innovation(of value: Double, after previous: Double, step: Int) -> Double {
    switch self {
    case .judgement: value
    case .sum: value - previous
    case .mean: Double(step) * value - Double(step - 1) * previous
    }
  }

  /// The score after a step that brings an innovation.
  func value(after previous: Double, innovation: Double, step: Int) -> Double {
    switch self {
    case .judgement: innovation
    case .sum: previous + innovation
    case .mean: previous + (innovation - previous) / Double(step)
    }
  }

  /// The logarithm of the derivative of the innovation by the score: densities of scores are compared, not of
  /// innovations.
  func logDerivative(step: Int) -> Double { self == .mean ? log(Double(step)) : 0 }
}
