/// Where each of one scorer's rollouts stands among all, so that its rank among any that are drawn is a count of bits.
struct RankTable: Sendable {
  private struct Standing: Sendable {
    /// The rollout's own place in ascending order.
    var place: Int32
    /// The first place of the rollouts that are equal to it, and the one after the last.
    var first: Int32
    var end: Int32
  }

  private let standings: [Standing]

  /// Sorts the ranks of all rollouts. O(K log K).
  init(_ ranks: [Double]) {
    let order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    var standings = [Standing](repeating: Standing(place: 0, first: 0, end: 0), count: ranks.count)
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, ranks[order[end]] == ranks[order[first]] { end += 1 }
      for place in first..<end {
        standings[order[place]] = Standing(place: Int32(place), first: Int32(first), end: Int32(end))
      }
      first = end
    }
    self.standings = standings
  }

  /// Marks drawn rollouts in a set.
  func mark(_ drawn: [Int32], in set: inout PlaceSet) {
    set.removeAll(capacity: standings.count)
    for rollout in drawn { set.insert(Int(standings[Int(rollout)].place)) }
    set.accumulate()
  }

  /// How many of the marked rollouts are below one, half of those counted that are equal to it, itself included.
  func below(_ rollout: Int, in set: borrowing PlaceSet) -> Double {
    let standing = standings[rollout]
    let below = set.count(before: Int(standing.first))
    return Double(below) + Double(set.count(before: Int(standing.end)) - below) / 2
  }
}

/// A set of places that tells how many of its members come before one.
struct PlaceSet: ~Copyable, Sendable {
  private var words = FlatList<UInt64>(filler: 0, capacity: 8)
  /// The members before each word.
  private var sums = FlatList<Int32>(filler: 0, capacity: 8)

  /// Empties the set and makes room for places below a number.
  mutating func removeAll(capacity: Int) {
    words.removeAll()
    sums.removeAll()
    for _ in 0...capacity >> 6 { words.append(0) }
  }

  /// Adds a place.
  @inline(__always)
  func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

  /// Prepares counting.
  mutating func accumulate() {
    var sum: Int32 = 0
    for word in 0..<words.count {
      sums.append(sum)
      sum &+= Int32(truncatingIfNeeded: words[word].nonzeroBitCount)
    }
  }

  /// How many members are below a place.
  @inline(__always)
  func count(before place: Int) -> Int {
    let lower = words[place >> 6] & (1 << UInt64(place & 63) - 1)
    return Int(sums[place >> 6]) &+ lower.nonzeroBitCount
  }
}
