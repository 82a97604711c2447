import Foundation
import Traces

/// The prefixes that a run can borrow from, sorted into groups and within a group by a key.
///
/// Immutable, made once for a problem; `DonorPool` keeps what a run has used up. A group holds what may replace one
/// another: the nodes of a depth, or of a depth and a hidden state. A group's positions lie side by side.
struct DonorIndex: Sendable {
  /// The key of each position.
  let key: [Double]
  /// The node of each position.
  let node: [Int32]
  /// The position of each node; for nodes without recorded continuations the place where they would stand.
  let position: [Int32]
  /// The group of each node.
  let group: [Int32]
  /// The first position of each group, with one more element at the end.
  let groupStart: [Int32]

  /// Sorts a tree's prefixes.
  ///
  /// - Parameters:
  ///   - order: All nodes in ascending order of their keys, ties in an order without meaning.
  ///   - keys: The key of each node.
  ///   - group: The group of each node; nodes of a group have the same depth.
  ///   - groups: The number of groups.
  ///   - isDonor: Whether something is recorded after each node.
  /// - Complexity: O(n): nodes are placed in order, group by group.
  init(order: [Int32], keys: [Double], group: [Int32], groups: Int, isDonor: [Bool]) {
    var starts = [Int32](repeating: 0, count: groups + 1)
    for node in isDonor.indices where isDonor[node] { starts[Int(group[node]) + 1] += 1 }
    for index in 0..<groups { starts[index + 1] += starts[index] }
    var next = starts
    var positions = [Int32](repeating: 0, count: keys.count)
    var sortedNodes = [Int32](repeating: -1, count: Int(starts[groups]))
    var sortedKeys = [Double](repeating: 0, count: Int(starts[groups]))
    for node in order {
      let place = next[Int(group[Int(node)])]
      positions[Int(node)] = place
      guard isDonor[Int(node)] else { continue }
      sortedNodes[Int(place)] = node
      sortedKeys[Int(place)] = keys[Int(node)]
      next[Int(group[Int(node)])] = place + 1
    }
    key = sortedKeys
    node = sortedNodes
    position = positions
    self.group = group
    groupStart = starts
  }
}

extension DonorIndex {
  /// All nodes in ascending order of a key; equal keys in an order that is fixed and says nothing.
  static func order(of keys: [Double]) -> [Int32] {
    let ties = keys.indices.map { StableHash(seed: UInt64($0)).value }
    return keys.indices.map { Int32($0) }.sorted {
      let (left, right) = (Int($0), Int($1))
      return keys[left] != keys[right] ? keys[left] < keys[right] : ties[left] < ties[right]
    }
  }

  /// Donors of the same depth, by aggregated score on the logit scale.
  init(nearestIn tree: TraceTree, scores: PathScores) {
    let keys = (0..<tree.nodeCount).map { scores.matchingKey(ofNode: $0) }
    self.init(
      order: Self.order(of: keys), keys: keys, group: tree.depth, groups: tree.maximumDepth + 1,
      isDonor: tree.hasRecordedDraws)
  }
}

extension TraceTree {
  /// For each node whether a continuation was drawn after it.
  var hasRecordedDraws: [Bool] {
    (0..<nodeCount).map { node in children(of: node).contains { visits[$0] > 0 } }
  }
}

extension PathScores {
  /// Where a node stands among possible donors: its aggregate on the logit scale.
  func matchingKey(ofNode node: Int) -> Double {
    matchingKey(score: score[node], rank: rank[node])
  }

  /// Where a candidate stands among possible donors.
  func matchingKey(of candidate: Candidate) -> Double {
    matchingKey(score: candidate.score, rank: rank(of: candidate))
  }

  private func matchingKey(score: Double, rank: Double) -> Double {
    guard scale == .probability else { return score }
    // A product of many steps is far below the clip: its logit is taken from its logarithm.
    if fold == .product { return rank - log1p(-exp(min(rank, -1e-7))) }
    return ScoreWeights.logit(score)
  }
}
