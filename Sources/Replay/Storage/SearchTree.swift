import Traces

/// The tree that Monte Carlo tree search grows in one run.
struct SearchTree: ~Copyable, Sendable {
  struct Node: BitwiseCopyable, Sendable {
    var candidate = Candidate()
    var parent = -1
    /// The first of its children, which lie side by side; -1 before expansion.
    var firstChild = -1
    var visits = 0
    var value = 0.0
  }

  var nodes = FlatList(filler: Node(), capacity: 64)
  /// How many nodes can still be expanded.
  var openLeaves = 0

  /// Begins a tree; the room of the last one is kept.
  mutating func plant(_ root: Candidate) {
    nodes.removeAll()
    nodes.append(Node(candidate: root))
    openLeaves = 1
  }

  /// Walks down to a node without children by the largest Q + c P sqrt(n_parent) / (1 + n); ties at random.
  func select(exploration: Double, width: Int, stream: inout RandomStream) -> Int {
    var current = 0
    while nodes[current].firstChild >= 0 {
      let reach = exploration / Double(width) * Double(nodes[current].visits).squareRoot()
      var best = nodes[current].firstChild
      var bestValue = -Double.infinity
      var ties = 0
      for child in nodes[current].firstChild..<nodes[current].firstChild + width {
        let node = nodes[child]
        let mean = node.visits == 0 ? node.candidate.score : node.value / Double(node.visits)
        let value = mean + reach / Double(1 + node.visits)
        if value > bestValue {
          (best, bestValue, ties) = (child, value, 1)
        } else if value == bestValue {
          ties += 1
          if stream.below(ties) == 0 { best = child }
        }
      }
      current = best
    }
    return current
  }

  /// Adds a value to a node and all above it.
  func addVisit(_ node: Int, value: Double) {
    var current = node
    while current >= 0 {
      nodes[current].visits += 1
      nodes[current].value += value
      current = nodes[current].parent
    }
  }
}
