/// Every draw of a run with the draw before it: own histories of candidates, and the run's genealogy.
struct RunHistory: Sendable {
  /// The entry that each entry continues; -1 for a draw from the prompt.
  private(set) var parent: [Int32] = []
  /// The channel's score of each drawn step.
  private(set) var score: [Double] = []
  /// The candidate after each draw.
  private(set) var state: [Candidate] = []

  mutating func reset() {
    parent.removeAll(keepingCapacity: true)
    score.removeAll(keepingCapacity: true)
    state.removeAll(keepingCapacity: true)
  }

  /// The number of draws.
  var count: Int { parent.count }

  /// Forgets all draws from one on.
  mutating func truncate(to count: Int) {
    guard count < parent.count else { return }
    parent.removeLast(parent.count - count)
    score.removeLast(score.count - count)
    state.removeLast(state.count - count)
  }

  /// Notes a draw; the candidate's state is settled by `settle`.
  mutating func append(parent: Int32, score: Double) -> Int32 {
    self.parent.append(parent)
    self.score.append(score)
    state.append(Candidate())
    return Int32(truncatingIfNeeded: self.parent.count - 1)
  }

  /// Stores the candidate after its last draw.
  mutating func settle(_ candidate: Candidate) { state[Int(candidate.entry)] = candidate }

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

  /// The states of a candidate after each of its own steps, the first step first.
  func path(to candidate: Candidate) -> [Candidate] {
    var path: [Candidate] = []
    var current = Int(candidate.entry)
    while current >= 0 {
      path.append(state[current])
      current = Int(parent[current])
    }
    return path.reversed()
  }
}
