/// One problem's recorded steps as a tree on flat arrays; immutable, shared by all runs on the problem.
///
/// Nodes are numbered level by level: node 0 is the root (the prompt), the nodes of depth d are
/// `levelStart[d]..<levelStart[d + 1]`, and the children of a node are contiguous. A node is one step; a path from the
/// root is a partial answer. Rollouts that begin with the same steps share nodes where prefixes are merged; a node
/// counts the recorded draws that produced it, so children keep their empirical probability. A step after which a
/// rollout is over and the same step after which another goes on are different nodes, since ending is part of what was
/// drawn.
public struct TraceTree: Sendable {
  /// The problem that the steps belong to.
  public let problem: Problem
  /// The recordings that the rollouts come from.
  public let recordings: [Recording]
  /// The parent of each node; -1 for the root.
  public let parent: [Int32]
  /// Steps from the root: 0 for the root.
  public let depth: [Int32]
  /// Recorded draws of each node; for the root the number of rollouts drawn from the prompt. Steps of recordings at
  /// temperature 0 are no draws where other recordings are sampled: they count as greedy successors only.
  public let visits: [Int32]
  /// For each node the child that a recording at temperature 0 went on to, -1 where there is none; empty where no
  /// recording was made at temperature 0.
  public let greedySuccessor: [Int32]
  /// The first child of each node, with one more element at the end: children of v are
  /// `firstChild[v]..<firstChild[v + 1]`.
  public let firstChild: [Int32]
  /// The first node of each depth, with one more element at the end.
  public let levelStart: [Int32]
  /// Whether the rollout is over after this node (it stopped or ran into its length limit).
  public let isTerminal: [Bool]
  /// For terminal nodes the answer's class: 0 right, 1... wrong, -1 no answer. -1 for all other nodes.
  public let answerClass: [Int32]
  /// The number of classes, the right one included even where no rollout is right.
  public let classCount: Int
  /// Tokens of each node's step; -1 where unknown, 0 for the root.
  public let tokens: [Int32]
  /// Log-probability of each node's step; NaN where unknown, 0 for the root.
  public let logProbability: [Double]
  /// The columns of scores.
  public let columns: [ScoreColumn]
  /// For each column one score a node; NaN where unknown and for the root. Draws that were merged share their mean.
  public let scores: [[Double]]
  /// The terminal node of each complete rollout that was drawn independently from the prompt, in recorded order.
  public let rollouts: [Int32]
  /// For each element of `rollouts` the index of its recording.
  public let rolloutRecording: [Int32]
  /// The node at which the path of each recorded segment ends, in recorded order.
  public let segmentEnds: [Int32]

  /// The number of nodes, the root included.
  public var nodeCount: Int { parent.count }
  /// The depth of the deepest node.
  public var maximumDepth: Int { levelStart.count - 2 }

  /// The nodes of a depth; empty beyond the deepest.
  public func nodes(atDepth depth: Int) -> Range<Int> {
    guard depth >= 0, depth <= maximumDepth else { return nodeCount..<nodeCount }
    return Int(levelStart[depth])..<Int(levelStart[depth + 1])
  }

  /// The children of a node.
  public func children(of node: Int) -> Range<Int> {
    Int(firstChild[node])..<Int(firstChild[node + 1])
  }

  /// The child that a recording at temperature 0 went on to; `nil` where none is recorded.
  public func greedySuccessor(of node: Int) -> Int? {
    guard !greedySuccessor.isEmpty, greedySuccessor[node] >= 0 else { return nil }
    return Int(greedySuccessor[node])
  }

  /// The nodes from the first step to the given node, the root left out.
  public func path(to node: Int) -> [Int] {
    var path: [Int] = []
    var current = node
    while current > 0 {
      path.append(current)
      current = Int(parent[current])
    }
    return path.reversed()
  }

  /// The index of a scorer's channel among the columns.
  public func column(scorer: String, channel: ScoreChannel) -> Int? {
    columns.firstIndex { $0.channel == channel && $0.scorer.isSameText(as: scorer) }
  }
}
