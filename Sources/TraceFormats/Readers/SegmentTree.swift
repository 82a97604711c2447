import Traces

/// A tree of drawn steps that becomes rollouts with parents: a node's first child goes on in its segment, the others
/// begin one, so that each drawn step occurs once and branches share what precedes them.
struct SegmentTree {
  /// A drawn step.
  struct Node {
    /// The index of the node that it continues, an earlier one; -1 for the prompt.
    var parent: Int
    var text: String
    var tokens: Int?
    var logProbability: Double?
    /// One value for each column; `nil` where the scorer gave none.
    var scores: [Double?] = []
    /// How the path that ends here ended; counts only where no other node follows.
    var finish: Finish = .open
    var sourceVerdict: Bool?
  }

  private(set) var nodes: [Node] = []
  private var members: [[Int]] = []
  private var parents: [RolloutRecord.Parent?] = []
  private var segmentOfNode: [Int] = []
  private var depthOfNode: [Int] = []

  /// The number of nodes.
  var count: Int { nodes.count }

  /// Adds a node after its parent and gives its index.
  ///
  /// A first child begins a segment of its own, too, where it has values that its parent lacks or the other way round:
  /// a rollout's steps have scores, tokens and log-probabilities all or none.
  @discardableResult
  mutating func add(_ node: Node) -> Int {
    let index = nodes.count
    nodes.append(node)
    depthOfNode.append(node.parent < 0 ? 1 : depthOfNode[node.parent] + 1)
    if node.parent >= 0, members[segmentOfNode[node.parent]].last == node.parent, isLike(nodes[node.parent], node) {
      segmentOfNode.append(segmentOfNode[node.parent])
      members[segmentOfNode[node.parent]].append(index)
      return index
    }
    segmentOfNode.append(members.count)
    members.append([index])
    parents.append(
      node.parent < 0
        ? nil : RolloutRecord.Parent(rollout: segmentOfNode[node.parent], step: depthOfNode[node.parent]))
    return index
  }

  /// Sets how the path that ends in a node ended.
  mutating func end(_ node: Int, _ finish: Finish, verdict: Bool? = nil) {
    nodes[node].finish = finish
    nodes[node].sourceVerdict = verdict
  }

  private func isLike(_ left: Node, _ right: Node) -> Bool {
    (left.tokens == nil) == (right.tokens == nil) && (left.logProbability == nil) == (right.logProbability == nil)
      && left.scores.map { $0 == nil } == right.scores.map { $0 == nil }
  }

  /// The segments, parents first.
  ///
  /// A segment that others continue at its end is open, whatever its last node says.
  func rollouts(delimiter: String) -> [RolloutRecord] {
    let continued = Set(nodes.map(\.parent))
    return members.indices.map { segment in
      let own = members[segment].map { nodes[$0] }
      let last = members[segment][own.count - 1]
      let columns = own.first?.scores.count ?? 0
      var rollout = RolloutRecord(
        steps: own.map(\.text), delimiter: delimiter, finish: continued.contains(last) ? .open : nodes[last].finish,
        scores: (0..<columns).map { column in own.compactMap { $0.scores[column] } })
      rollout.parent = parents[segment]
      rollout.tokens = own.compactMap { $0.tokens.map { Int32(clamping: $0) } }
      rollout.logProbabilities = own.compactMap(\.logProbability)
      rollout.sourceVerdict = nodes[last].sourceVerdict
      return rollout
    }
  }
}
