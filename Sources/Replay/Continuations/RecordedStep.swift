import Traces

/// What a run needs to know of a node, side by side in memory.
struct RecordedStep: BitwiseCopyable, Sendable {
  /// Where the draws after the node begin among all recorded draws.
  var firstDraw: Int32
  /// The number of recorded draws after the node.
  var draws: Int32
  /// Tokens of the node's own step; 0 where unknown.
  var tokens: Int32
  /// The class of the answer at the end of a rollout, -1 for an end without an answer, `open` where there is no end.
  var answerClass: Int32

  /// The mark of nodes after which nothing has ended.
  static let open: Int32 = -2

  @inline(__always)
  var isTerminal: Bool { answerClass != Self.open }
}

extension RecordedStep {
  /// All nodes of a tree and the lent steps behind them, and the child that each recorded draw took, node after node.
  static func all(of tree: TraceTree, lent: LentSteps) -> (steps: [RecordedStep], draws: [Int32]) {
    var draws: [Int32] = []
    var steps: [RecordedStep] = []
    steps.reserveCapacity(tree.nodeCount)
    draws.reserveCapacity(tree.nodeCount)
    for node in 0..<tree.nodeCount {
      let first = draws.count
      for child in tree.children(of: node) {
        for _ in 0..<tree.visits[child] { draws.append(Int32(child)) }
      }
      steps.append(
        RecordedStep(
          firstDraw: Int32(first), draws: Int32(draws.count - first), tokens: max(0, tree.tokens[node]),
          answerClass: tree.isTerminal[node] ? tree.answerClass[node] : open))
    }
    for index in 0..<lent.count {
      let first = Int32(draws.count)
      if lent.isLender(index) { draws.append(Int32(tree.nodeCount + index + 1)) }
      steps.append(
        RecordedStep(
          firstDraw: first, draws: Int32(draws.count) - first, tokens: max(0, lent.tokens[index]),
          answerClass: lent.answerClass[index]))
    }
    return (steps, draws)
  }
}
