/// Every draw of a run with the draw before it: own histories of candidates, and the run's genealogy.
struct RunHistory: ~Copyable, Sendable {
  struct Entry: BitwiseCopyable, Sendable {
    /// The entry that this one continues; -1 for a draw from the prompt.
    var parent: Int32 = -1
    /// The channel's score of the drawn step.
    var score = 0.0
    /// The candidate after the draw.
    var state = Candidate()
  }

  private var entries = FlatList(filler: Entry(), capacity: 64)

  /// The number of draws.
  var count: Int { entries.count }

  mutating func reset() { entries.removeAll() }

  /// Forgets the draws after the first ones.
  mutating func truncate(to count: Int) { entries.truncate(to: count) }

  /// Notes a draw; the candidate's state is settled by `settle`.
  @inline(__always)
  mutating func append(parent: Int32, score: Double) -> Int32 {
    entries.append(Entry(parent: parent, score: score))
    return Int32(truncatingIfNeeded: entries.count &- 1)
  }

  /// Stores the candidate after its last draw.
  @inline(__always)
  func settle(_ candidate: Candidate) { entries[Int(candidate.entry)].state = candidate }

  /// The entry that one continues; -1 for a draw from the prompt.
  func parent(of entry: Int) -> Int { Int(entries[entry].parent) }

  /// The candidate after a draw.
  func state(after entry: Int) -> Candidate { entries[entry].state }

  /// The mean of the last scores of a candidate's own steps. O(k).
  func meanOfLast(_ width: Int, before entry: Int32) -> Double {
    var sum = 0.0
    var count = 0
    var current = Int(entry)
    while current >= 0, count < width {
      sum += entries[current].score
      count += 1
      current = Int(entries[current].parent)
    }
    return sum / Double(count)
  }

  /// Writes the states of a candidate after each of its own steps over the first ones of a path, the first step first.
  ///
  /// A path that is shorter than the candidate's grows.
  func copyPath(to candidate: Candidate, over path: inout FlatList<Candidate>) {
    while path.count < Int(candidate.steps) { path.append(candidate) }
    var current = Int(candidate.entry)
    var place = Int(candidate.steps)
    while current >= 0, place > 0 {
      place -= 1
      path[place] = entries[current].state
      current = Int(entries[current].parent)
    }
  }
}
