import Traces

@testable import Replay

/// The exact law of a particle filter with systematic resampling and odds weights on a tree whose continuations never
/// run out: all first steps, all ancestor vectors, all next steps, with their probabilities.
struct ExactFilter {
  let tree: TraceTree
  let scores: PathScores

  struct Accuracy {
    var argmax = 0.0
    var expected = 0.0
  }

  func accuracy(particles: Int) -> Accuracy {
    var result = Accuracy()
    for (nodes, probability) in extensions(of: Array(repeating: 0, count: particles)) {
      follow(nodes, probability: probability, hasMoved: true, into: &result)
    }
    return result
  }

  private func follow(_ nodes: [Int], probability: Double, hasMoved: Bool, into result: inout Accuracy) {
    let weights = nodes.map { odds(scores.score[$0]) }
    guard nodes.contains(where: { !tree.isTerminal[$0] }) else {
      conclude(nodes, weights: hasMoved ? weights : nodes.map { _ in 1 }, probability: probability, into: &result)
      return
    }
    for (ancestors, share) in systematic(weights) {
      let copies = ancestors.map { nodes[$0] }
      for (next, chance) in extensions(of: copies) {
        follow(next, probability: probability * share * chance, hasMoved: next != copies, into: &result)
      }
    }
  }

  private func conclude(_ nodes: [Int], weights: [Double], probability: Double, into result: inout Accuracy) {
    let ranks = nodes.map { scores.rank[$0] }
    let best = ranks.max() ?? 0
    let winners = nodes.indices.filter { ranks[$0] == best }
    let right = winners.count { tree.answerClass[nodes[$0]] == 0 }
    result.argmax += probability * Double(right) / Double(winners.count)
    let rightWeight = nodes.indices.reduce(0.0) { $0 + (tree.answerClass[nodes[$1]] == 0 ? weights[$1] : 0) }
    result.expected += probability * rightWeight / weights.reduce(0, +)
  }

  private func odds(_ score: Double) -> Double {
    let clipped = min(max(score, 1e-7), 1 - 1e-7)
    return clipped / (1 - clipped)
  }

  /// All ways in which unfinished particles draw their next steps.
  private func extensions(of nodes: [Int]) -> [([Int], Double)] {
    var all: [([Int], Double)] = [([], 1)]
    for node in nodes {
      let children = tree.isTerminal[node] ? node..<node + 1 : tree.children(of: node)
      let total = children.reduce(0.0) { $0 + Double(tree.visits[$1]) }
      all = all.flatMap { prefix, probability in
        children.map { (prefix + [$0], probability * Double(tree.visits[$0]) / total) }
      }
    }
    return all
  }

  /// All ancestor vectors of systematic resampling with their probabilities, by cutting [0, 1) at every change.
  private func systematic(_ weights: [Double]) -> [([Int], Double)] {
    let count = weights.count
    let spacing = weights.reduce(0, +) / Double(count)
    var edges: [Double] = []
    var sum = 0.0
    for weight in weights {
      sum += weight
      edges.append(sum / spacing)
    }
    let cuts = [0, 1] + edges.map { $0 - $0.rounded(.down) }.filter { $0 > 1e-12 && $0 < 1 - 1e-12 }
    let sorted = cuts.sorted()
    return zip(sorted, sorted.dropFirst()).filter { $1 > $0 }.map { low, high in
      let middle = (low + high) / 2
      let ancestors = (0..<count).map { i in edges.firstIndex { Double(i) + middle < $0 } ?? count - 1 }
      return (ancestors, high - low)
    }
  }
}
