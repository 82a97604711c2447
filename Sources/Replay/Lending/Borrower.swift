import Traces

/// A problem that steps are lent to: its tree with a drawing of the hidden states.
struct Borrower: Sendable {
  let tree: TraceTree
  /// How its own recorded steps moved from state to state.
  let counts: StateCounts
  /// For each depth and state the prefixes that something is recorded after.
  let owned: [Int]
  /// For each depth the share of its recorded steps there that were the last of their path.
  let endings: [Double]

  /// Counts what a problem has.
  ///
  /// - Parameters:
  ///   - tree: Its tree.
  ///   - states: The state of each node.
  ///   - isDonor: Whether a continuation is recorded after each node.
  ///   - stateCount: The number of states.
  init(tree: TraceTree, states: [UInt8], isDonor: [Bool], stateCount: Int) {
    self.tree = tree
    var counts = StateCounts(states: stateCount)
    var owned = [Int](repeating: 0, count: (tree.maximumDepth + 1) * stateCount)
    var drawn = [Double](repeating: 0, count: tree.maximumDepth + 1)
    var ended = drawn
    for node in 1..<max(tree.nodeCount, 1) {
      let depth = Int(tree.depth[node])
      let visits = Double(tree.visits[node])
      if isDonor[node] { owned[depth * stateCount + Int(states[node])] += 1 }
      drawn[depth] += visits
      if tree.isTerminal[node] {
        ended[depth] += visits
        counts.noteEnd(in: states[node], isRight: tree.answerClass[node] == 0, times: visits)
      }
      if depth > 1 { counts.note(from: states[Int(tree.parent[node])], to: states[node], times: visits) }
    }
    self.counts = counts
    self.owned = owned
    endings = zip(ended, drawn).map { $1 == 0 ? 1 : $0 / $1 }
  }
}
