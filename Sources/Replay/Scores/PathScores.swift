import Foundation
import Traces

/// The scores of one problem's steps through one channel and one aggregation.
///
/// `score` is the aggregate in the scorer's scale, `rank` a number that orders candidates as the aggregate does and
/// does not underflow: products are compared as sums of logarithms (200 steps of 0.01 neither vanish nor tie).
public struct PathScores: Sendable {
  /// How steps become one number.
  public let aggregation: Aggregation
  /// The scale of the scores.
  public let scale: ScoreScale
  /// The channel's score of each node.
  let step: [Double]
  /// Its logarithm, where the aggregation multiplies; empty otherwise.
  let stepLogarithm: [Double]
  /// For each node the aggregate along its recorded path.
  public let score: [Double]
  /// For each node the comparable form of `score`.
  public let rank: [Double]
  @usableFromInline
  let fold: Fold
  let windowWidth: Int
  /// How prefix scores build on one another, where they do and borrowed steps are to respect it.
  var course: PrefixCourse?

  @usableFromInline
  enum Fold: UInt8, Sendable {
    case last
    case min
    case max
    case first
    case mean
    case product
    case geometricMean
    case window
    case course
  }

  /// The candidate at the prompt, before any step.
  var start: Candidate {
    switch fold {
    case .min: Candidate(score: .infinity)
    case .max: Candidate(score: -.infinity)
    case .product, .geometricMean: Candidate(score: 1)
    default: Candidate()
    }
  }

  /// Whether a candidate's aggregate needs more of its history than a candidate carries.
  var readsHistory: Bool { fold == .window }

  /// Moves a candidate on to a node and folds the node's score into its aggregate: O(1).
  ///
  /// With `window(k)` the mean is left to the caller, which keeps the history.
  @inline(__always)
  func extend(_ candidate: inout Candidate, to node: Int, score new: Double) {
    let previous = Int(candidate.node)
    candidate.node = Int32(truncatingIfNeeded: node)
    candidate.steps &+= 1
    switch fold {
    case .last, .window: candidate.score = new
    case .min: candidate.score = Swift.min(candidate.score, new)
    case .max: candidate.score = Swift.max(candidate.score, new)
    case .first: if candidate.steps == 1 { candidate.score = new }
    case .mean:
      candidate.accumulator += new
      candidate.score = candidate.accumulator / Double(candidate.steps)
    case .product:
      // The plain product serves weights, which are clipped far above where it underflows.
      candidate.score *= new
      candidate.accumulator += stepLogarithm[node]
    case .geometricMean:
      candidate.accumulator += stepLogarithm[node]
      candidate.score = exp(candidate.accumulator / Double(candidate.steps))
    case .course:
      candidate.score = course?.score(of: &candidate, from: previous, to: node, recorded: new) ?? new
    }
  }

  /// A number that orders candidates as their aggregates do.
  @inline(__always)
  func rank(of candidate: Candidate) -> Double {
    switch fold {
    case .product: candidate.accumulator
    case .geometricMean: candidate.accumulator / Double(candidate.steps)
    default: candidate.score
    }
  }

  /// A candidate's last score, whatever the aggregation.
  func lastScore(of candidate: Candidate) -> Double {
    switch fold {
    case .last, .course: candidate.score
    default: step[Int(candidate.node)]
    }
  }

  /// The number by which prefixes of the same state are matched: the channel's score on the logit scale, or what is new
  /// in it.
  ///
  /// Any strictly increasing function of it finds the same neighbours up to distances; distances are taken on this scale.
  func latentKey(ofNode node: Int) -> Double {
    course.map { $0.innovation[node] } ?? Self.latentKey(step[node], scale: scale)
  }

  static func latentKey(_ score: Double, scale: ScoreScale) -> Double {
    scale == .probability ? ScoreWeights.logit(score) : score
  }

  /// The logarithm of a mean of probabilities; the mean itself on other scales.
  func logMean(_ mean: Double) -> Double { scale == .probability ? log(max(mean, 1e-300)) : mean }
}
