/// Every draw of a run with the draw before it: own histories of candidates, and the run's genealogy.
struct RunHistory: Sendable {
  /// The entry that each entry continues; -1 for a draw from the prompt.
  private(set) var parent: [Int32] = []
  /// The node that each draw took.
  private(set) var node: [Int32] = []
  /// The channel's score of that step.
  private(set) var score: [Double] = []

  mutating func reset() {
    parent.removeAll(keepingCapacity: true)
    node.removeAll(keepingCapacity: true)
    score.removeAll(keepingCapacity: true)
  }

  mutating func append(parent: Int32, node: Int32, score: Double) -> Int32 {
    self.parent.append(parent)
    self.node.append(node)
    self.score.append(score)
    return Int32(truncatingIfNeeded: self.parent.count - 1)
  }

  /// The mean of the last scores of a candidate's own steps. O(k).
  func meanOfLast(_ width: Int, before entry: Int32) -> Double {
    var sum = 0.0
    var count = 0
    var current = Int(entry)
    while current >= 0, count < width {
      sum += score[current]
      count += 1
      current = Int(parent[current])
    }
    return sum / Double(count)
  }
}
