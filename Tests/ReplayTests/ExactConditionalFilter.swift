import Traces

@testable import Replay

/// The exact law of one iteration of particle Gibbs with multinomial resampling and odds weights, on a tree whose
/// continuations never run out: written from the page of the method, all ways in which the free particles can go.
struct ExactConditionalFilter {
  let tree: TraceTree
  /// All particles, the reference included.
  let particles: Int

  /// One free particle's next place, whether it drew a step, and how probable that is.
  private struct Move {
    var node: Int
    var hasMoved: Bool
    var probability: Double
  }

  /// The probability of each end to be the next reference after one.
  func next(after end: Int) -> [Int: Double] {
    var law: [Int: Double] = [:]
    let path = tree.path(to: end)
    for (free, probability) in together(moves(from: [0: 1])) {
      follow(free.map(\.node), path, step: 1, isFresh: true, probability: probability, into: &law)
    }
    return law
  }

  /// The law over ends that an iteration leaves as it is.
  func stationary() -> [Int: Double] {
    let ends = (0..<tree.nodeCount).filter { tree.isTerminal[$0] }
    let rows = Dictionary(uniqueKeysWithValues: ends.map { ($0, next(after: $0)) })
    var law = Dictionary(uniqueKeysWithValues: ends.map { ($0, 1 / Double(ends.count)) })
    for _ in 0..<500 {
      var moved: [Int: Double] = [:]
      for (end, probability) in law {
        for (other, chance) in rows[end] ?? [:] { moved[other, default: 0] += probability * chance }
      }
      law = moved
    }
    return law
  }

  private func follow(
    _ free: [Int],
    _ path: [Int],
    step: Int,
    isFresh: Bool,
    probability: Double,
    into law: inout [Int: Double]
  ) {
    let all = free + [path[min(step, path.count) - 1]]
    let weights = all.map { isFresh ? odds($0) : 1 }
    guard all.contains(where: { !tree.isTerminal[$0] }) else {
      let total = weights.reduce(0, +)
      for (node, weight) in zip(all, weights) { law[node, default: 0] += probability * weight / total }
      return
    }
    let total = all.reduce(0) { $0 + odds($1) }
    var places: [Int: Double] = [:]
    for node in all { places[node, default: 0] += odds(node) / total }
    for (moves, chance) in together(moves(from: places)) {
      follow(
        moves.map(\.node), path, step: step + 1, isFresh: step < path.count || moves.contains(where: \.hasMoved),
        probability: probability * chance, into: &law)
    }
  }

  /// Where a particle can be after it has been put to one of some places and has drawn a step.
  private func moves(from places: [Int: Double]) -> [Move] {
    places.sorted { $0.key < $1.key }.flatMap { node, probability -> [Move] in
      guard !tree.isTerminal[node] else { return [Move(node: node, hasMoved: false, probability: probability)] }
      let children = tree.children(of: node)
      let total = children.reduce(0.0) { $0 + Double(tree.visits[$1]) }
      return children.map {
        Move(node: $0, hasMoved: true, probability: probability * Double(tree.visits[$0]) / total)
      }
    }
  }

  /// All ways in which the free particles, each for itself, can move.
  private func together(_ moves: [Move]) -> [([Move], Double)] {
    (1..<particles).reduce(into: [([], 1.0)]) { all, _ in
      all = all.flatMap { chosen, probability in moves.map { (chosen + [$0], probability * $0.probability) } }
    }
  }

  private func odds(_ node: Int) -> Double { tree.scores[0][node] / (1 - tree.scores[0][node]) }
}
