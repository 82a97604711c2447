import Foundation
import Traces

/// The prefix channel of one problem where its scores build on one another: a candidate that has borrowed steps has a
/// prefix score of its own, which no recorded node has.
struct PrefixCourse: Sendable {
  private let dynamics: ScoreDynamics
  private let isProbability: Bool
  private var parent: [Int32]
  /// The recorded score of each node on the logit scale; 0 for the prompt.
  private var level: [Double]
  /// What is new in it.
  private(set) var innovation: [Double]

  /// Reads a tree's scores.
  ///
  /// - Parameters:
  ///   - step: One score a node, the prompt's ignored.
  ///   - parent: The parent of each node.
  ///   - depth: The steps of each node's path.
  init(step: [Double], parent: [Int32], depth: [Int32], scale: ScoreScale, dynamics: ScoreDynamics) {
    let levels = step.indices.map { $0 == 0 ? 0 : PathScores.latentKey(step[$0], scale: scale) }
    innovation = step.indices.map { node in
      node == 0
        ? 0
        : dynamics.innovation(of: levels[node], after: levels[Int(parent[node])], step: Int(depth[node]))
    }
    level = levels
    self.dynamics = dynamics
    self.parent = parent
    isProbability = scale == .probability
  }

  /// The same with lent steps behind the tree's own nodes.
  func followed(by lent: LentSteps) -> PrefixCourse {
    var result = self
    // Nobody comes to a lent step from the node before it, so no recorded score of its own is ever read.
    result.parent += [Int32](repeating: -1, count: lent.count)
    result.level += [Double](repeating: 0, count: lent.count)
    result.innovation += lent.innovations
    return result
  }

  /// The score of a candidate after its last step, which led from one node to another: its own where it has borrowed,
  /// else the recorded one, to the bit.
  ///
  /// The candidate's accumulator is how far its own score is above the recorded one of its node, on the logit scale.
  func score(of candidate: inout Candidate, from previous: Int, to node: Int, recorded: Double) -> Double {
    if candidate.accumulator == 0, Int(parent[node]) == previous { return recorded }
    let own = dynamics.value(
      after: level[previous] + candidate.accumulator, innovation: innovation[node], step: Int(candidate.steps))
    candidate.accumulator = own - level[node]
    return isProbability ? 1 / (1 + exp(-own)) : own
  }
}
