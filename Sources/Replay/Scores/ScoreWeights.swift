import Foundation
import Traces

/// How aggregated scores become weights.
///
/// log w = logit(clip(r, eps)) / T for probabilities and r / T for other scales. At T = 1 a probability's weight is its
/// odds r / (1 - r): one division, no logarithm, the same bits on every machine. eps = 1e-7 as its-hub 1.2.0
/// (`core/algorithms/particle_gibbs.py`) has it.
struct ScoreWeights: Hashable, Sendable {
  /// What the exponent is made of.
  enum Rule: Hashable, Sendable {
    /// The log-odds of the aggregated score.
    case logOdds
    /// The aggregated score itself: softmax(r), as the text of arXiv 2502.01618 writes it.
    case reward
  }

  var rule: Rule = .logOdds
  var clip: Double = 1e-7

  /// Whether weights at T = 1 are odds, with no transcendental function on the way.
  @inline(__always)
  func areOdds(scale: ScoreScale) -> Bool { rule == .logOdds && scale == .probability }

  /// The odds of a clipped probability.
  @inline(__always)
  func odds(_ score: Double) -> Double {
    let clipped = min(max(score, clip), 1 - clip)
    return clipped / (1 - clipped)
  }

  /// The log-odds of a probability, clipped at 1e-7.
  static func logit(_ score: Double) -> Double { log(ScoreWeights().odds(score)) }

  /// The exponent of a score at T = 1.
  func logWeight(_ score: Double, scale: ScoreScale) -> Double {
    areOdds(scale: scale) ? log(odds(score)) : score
  }

  /// Fills in the unnormalised weights of all candidates at a temperature.
  func fill(
    _ weights: borrowing FlatStorage<Double>,
    of candidates: borrowing FlatStorage<Candidate>,
    count: Int,
    scale: ScoreScale,
    temperature: Double
  ) {
    if temperature == 1, areOdds(scale: scale) {
      for i in 0..<count { weights[i] = odds(candidates[i].score) }
      return
    }
    for i in 0..<count { weights[i] = logWeight(candidates[i].score, scale: scale) }
    Self.exponentiate(weights, count: count, temperature: temperature)
  }

  /// Replaces log-weights by exp(log w / T), scaled so that the largest is 1.
  static func exponentiate(_ weights: borrowing FlatStorage<Double>, count: Int, temperature: Double) {
    var highest = -Double.infinity
    for i in 0..<count { highest = max(highest, weights[i]) }
    for i in 0..<count { weights[i] = exp((weights[i] - highest) / temperature) }
  }
}
