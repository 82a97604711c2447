import Foundation
import Traces

/// The prefixes of each depth that have recorded continuations, in order of their aggregated scores.
///
/// Immutable, made once for a problem and an aggregation; `DonorPool` keeps what a run has used up. Positions count
/// through all depths, each depth beginning at a multiple of 64, so that a depth's positions fill whole words.
struct DonorIndex: Sendable {
  /// The key of each position: the aggregate on the logit scale; +infinity at unused positions.
  let key: [Double]
  /// The node of each position; -1 at unused positions.
  let node: [Int32]
  /// The position of each node; -1 where nothing is recorded after it.
  let position: [Int32]
  /// The first position of each depth, with one more element at the end.
  let depthStart: [Int32]
  /// The number of donors at each depth.
  let donorCount: [Int32]
  /// One bit a position: whether it is used.
  let used: [UInt64]
  private let scale: ScoreScale
  private let isLogarithm: Bool

  init(tree: TraceTree, scores: PathScores, pool: ContinuationPool) {
    scale = scores.scale
    isLogarithm = scores.fold == .product
    var key: [Double] = []
    var node: [Int32] = []
    var position = [Int32](repeating: -1, count: tree.nodeCount)
    var depthStart: [Int32] = [0]
    var donorCount: [Int32] = []
    for depth in 0...tree.maximumDepth {
      let donors = tree.nodes(atDepth: depth).filter { pool.recordedDraws(after: $0) > 0 }
        .map { (key: scores.matchingKey(ofNode: $0), node: $0, tie: StableHash(seed: UInt64($0)).value) }
        .sorted { ($0.key, $0.tie) < ($1.key, $1.tie) }
      for donor in donors {
        position[donor.node] = Int32(key.count)
        key.append(donor.key)
        node.append(Int32(donor.node))
      }
      donorCount.append(Int32(donors.count))
      while key.count % 64 != 0 {
        key.append(.infinity)
        node.append(-1)
      }
      depthStart.append(Int32(key.count))
    }
    self.key = key
    self.node = node
    self.position = position
    self.depthStart = depthStart
    self.donorCount = donorCount
    used = stride(from: 0, to: key.count, by: 64).map { Self.word(node[$0..<$0 + 64]) }
  }

  private static func word(_ nodes: ArraySlice<Int32>) -> UInt64 {
    nodes.reversed().reduce(0) { $0 << 1 | ($1 >= 0 ? 1 : 0) }
  }

  /// The first position of a depth whose key is not below a key. O(log n).
  func lowerBound(depth: Int, key sought: Double) -> Int {
    var low = Int(depthStart[depth])
    var high = low + Int(donorCount[depth])
    while low < high {
      let middle = (low + high) / 2
      if key[middle] < sought { low = middle + 1 } else { high = middle }
    }
    return low
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
    let clipped = min(max(score, 1e-7), 1 - 1e-7)
    return log(clipped / (1 - clipped))
  }
}
