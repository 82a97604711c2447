import Traces

/// Cuts the tree of an online run into segments: a node's first child goes on in its segment, the others begin one.
///
/// So each drawn step occurs once, and copies of a particle share what precedes them.
struct OnlineSegments {
  private let run: OnlineRun
  private var members: [[Int]] = []
  private var parents: [RolloutRecord.Parent?] = []
  private var segmentOfNode: [Int] = []
  private var depthOfNode: [Int] = []

  init(_ run: OnlineRun) {
    self.run = run
    for (index, node) in run.nodes.enumerated() { add(index, after: node.parent) }
  }

  private mutating func add(_ node: Int, after parent: Int) {
    depthOfNode.append(parent < 0 ? 1 : depthOfNode[parent] + 1)
    if parent >= 0, members[segmentOfNode[parent]].last == parent {
      segmentOfNode.append(segmentOfNode[parent])
      members[segmentOfNode[parent]].append(node)
      return
    }
    segmentOfNode.append(members.count)
    members.append([node])
    parents.append(
      parent < 0 ? nil : RolloutRecord.Parent(rollout: segmentOfNode[parent], step: depthOfNode[parent]))
  }

  /// The segments, parents first.
  ///
  /// A segment whose last node is among the run's final ones ended; so did a dropped one that had boxed its answer.
  /// All others are open.
  func rollouts() throws -> [RolloutRecord] {
    let final = Set(run.final)
    return try members.indices.map { segment in
      let nodes = members[segment].map { run.nodes[$0] }
      let last = members[segment][nodes.count - 1]
      let isOver = final.contains(last) || run.nodes[last].text.contains(#"\boxed"#)
      var rollout = RolloutRecord(
        steps: nodes.map(\.text), delimiter: OnlineReader.delimiter, finish: isOver ? .stop : .open,
        scores: [try column(segment, "score", \.score), try column(segment, "prefixScore", \.prefixScore)])
      rollout.parent = parents[segment]
      rollout.tokens = try column(segment, "tokens", \.tokens).map { Int32(clamping: $0) }
      rollout.logProbabilities = try column(segment, "logprob", \.logProbability)
      return rollout
    }
  }

  /// One value for each node of a segment, or none.
  private func column<Value>(
    _ segment: Int, _ key: String, _ value: KeyPath<OnlineRun.Node, Value?>
  ) throws -> [Value] {
    let values = members[segment].map { run.nodes[$0][keyPath: value] }
    let present = values.compactMap { $0 }
    guard present.isEmpty || present.count == values.count else {
      let position = values.firstIndex { $0 == nil } ?? 0
      throw UnacceptableData(
        field: "nodes[\(members[segment][position])].\(key)", found: "no such key",
        expected: "`\(key)` for every node of a path, or for none")
    }
    return present
  }
}
