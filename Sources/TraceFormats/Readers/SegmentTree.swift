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
  /// The nodes in which a path ended for certain, whether others go on from them or not.
  private var ended: Set<Int> = []
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
    parents.append(point(of: node.parent))
    return index
  }

  /// Sets how a path that is known to end in a node ended.
  ///
  /// Where others go on from the node, that path becomes a rollout of its own, which repeats the node's step.
  mutating func end(_ node: Int, _ finish: Finish, verdict: Bool? = nil) {
    ended.insert(node)
    nodes[node].finish = finish
    nodes[node].sourceVerdict = verdict
  }

  private func isLike(_ left: Node, _ right: Node) -> Bool {
    (left.tokens == nil) == (right.tokens == nil) && (left.logProbability == nil) == (right.logProbability == nil)
      && left.scores.map { $0 == nil } == right.scores.map { $0 == nil }
  }

  /// The segments, parents first, then the paths that ended where others go on.
  ///
  /// A segment that others continue at its end is open, whatever its last node says.
  func rollouts(delimiter: String) -> [RolloutRecord] {
    let continued = Set(nodes.map(\.parent))
    let segments = members.indices.map { segment in
      let last = members[segment][members[segment].count - 1]
      var rollout = rollout(members[segment], delimiter)
      rollout.parent = parents[segment]
      if continued.contains(last) { rollout.finish = .open }
      return rollout
    }
    return segments
      + ended.intersection(continued).sorted().map { node in
        var rollout = rollout([node], delimiter)
        rollout.parent = point(of: nodes[node].parent)
        return rollout
      }
  }

  /// The nodes' steps as a rollout that ends as the last of them does.
  private func rollout(_ members: [Int], _ delimiter: String) -> RolloutRecord {
    let own = members.map { nodes[$0] }
    let columns = own.first?.scores.count ?? 0
    var rollout = RolloutRecord(
      steps: own.map(\.text), delimiter: delimiter, finish: own.last?.finish ?? .open,
      scores: (0..<columns).map { column in own.compactMap { $0.scores[column] } })
    rollout.tokens = own.compactMap { $0.tokens.map { Int32(clamping: $0) } }
    rollout.logProbabilities = own.compactMap(\.logProbability)
    rollout.sourceVerdict = own.last?.sourceVerdict
    return rollout
  }

  /// The point after a node, where another segment leaves; `nil` for the prompt.
  private func point(of node: Int) -> RolloutRecord.Parent? {
    node < 0 ? nil : RolloutRecord.Parent(rollout: segmentOfNode[node], step: depthOfNode[node])
  }
}
