/// A priority queue of candidates: highest rank first, ties by a random number. It keeps its room when emptied.
struct CandidateHeap: ~Copyable, Sendable {
  /// What is compared and moved; the candidate itself stays where it was put.
  struct Key: BitwiseCopyable, Sendable {
    var rank = 0.0
    var tie: UInt32 = 0
    var slot: Int32 = 0

    @inline(__always)
    func precedes(_ other: Key) -> Bool {
      rank > other.rank || (rank == other.rank && tie > other.tie)
    }
  }

  private var keys = FlatList(filler: Key(), capacity: 64)
  private var candidates = FlatList(filler: Candidate(), capacity: 64)

  mutating func removeAll() {
    keys.removeAll()
    candidates.removeAll()
  }

  /// Adds a candidate. O(log n).
  mutating func push(_ candidate: Candidate, rank: Double, tie: UInt32) {
    let key = Key(rank: rank, tie: tie, slot: Int32(truncatingIfNeeded: candidates.count))
    candidates.append(candidate)
    var child = keys.count
    keys.append(key)
    while child > 0 {
      let parent = (child &- 1) >> 1
      guard key.precedes(keys[parent]) else { break }
      keys[child] = keys[parent]
      child = parent
    }
    keys[child] = key
  }

  /// Removes the highest candidate. O(log n).
  mutating func pop() -> Candidate? {
    guard keys.count > 0 else { return nil }
    let top = Int(keys[0].slot)
    let moved = keys.removeLast()
    if keys.count > 0 { sink(moved) }
    return candidates[top]
  }

  /// Puts a key in the place of the highest one and moves it down.
  @inline(__always)
  private func sink(_ moved: Key) {
    let end = keys.count
    var parent = 0
    while true {
      let left = 2 &* parent &+ 1
      guard left < end else { break }
      // The right one where there is one and it is higher; chosen without a branch, which would be a coin toss.
      let right = min(left &+ 1, end &- 1)
      let child = keys[right].precedes(keys[left]) ? right : left
      guard keys[child].precedes(moved) else { break }
      keys[parent] = keys[child]
      parent = child
    }
    keys[parent] = moved
  }
}
