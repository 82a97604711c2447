import Traces

/// The donors that a run can still borrow from, as bits in order of their keys.
///
/// Searching for the nearest is a scan of words from a position outwards: a word holds 64 donors, so a step costs a
/// count of leading or trailing zeros. A group that is used up begins a new generation: all its nodes can be drawn once
/// more, and such draws count as shared futures.
///
/// Several indexes of the same nodes can lie side by side, one for each drawing of the hidden states; a run uses one.
struct DonorPool: ~Copyable, Sendable {
  /// Where a node stands; read together, so kept together.
  private struct Place: BitwiseCopyable, Sendable {
    var position: Int32
    var group: Int32
  }

  private let key: FlatStorage<Double>
  private let node: FlatStorage<Int32>
  private let places: FlatStorage<Place>
  private let groupStart: FlatStorage<Int32>
  private let free: FlatStorage<UInt64>
  private let freeCount: FlatStorage<Int32>
  private let allFree: FlatStorage<UInt64>
  private let allCount: FlatStorage<Int32>
  private let generation: FlatStorage<Int32>
  /// The number of indexes.
  let variants: Int
  private let nodes: Int
  private let words: Int
  private let groups: Int
  private var variant = 0
  private var hasGenerations = false

  init(indexes: [DonorIndex]) {
    let donors = indexes.first?.key.count ?? 0
    variants = indexes.count
    nodes = indexes.first?.group.count ?? 0
    groups = (indexes.first?.groupStart.count ?? 1) - 1
    words = (donors + 63) / 64
    let room = words * 64
    let padding = room - donors
    key = FlatStorage(indexes.flatMap { $0.key + [Double](repeating: .infinity, count: padding) })
    node = FlatStorage(indexes.flatMap { $0.node + [Int32](repeating: -1, count: padding) })
    let positions = Self.shifted(indexes.map(\.position), by: room)
    let groupsOfNodes = Self.shifted(indexes.map(\.group), by: groups + 1)
    places = FlatStorage(zip(positions, groupsOfNodes).map { Place(position: $0, group: $1) })
    groupStart = FlatStorage(Self.shifted(indexes.map(\.groupStart), by: room))
    var bits = [UInt64](repeating: ~0, count: words)
    if donors % 64 != 0 { bits[words - 1] = 1 << UInt64(donors % 64) - 1 }
    allFree = FlatStorage(bits)
    free = FlatStorage(repeating: 0, count: words * variants)
    let counts: [Int32] = indexes.flatMap { index -> [Int32] in
      zip(index.groupStart.dropFirst(), index.groupStart).map { $0 - $1 } + [0]
    }
    allCount = FlatStorage(counts)
    freeCount = FlatStorage(counts)
    generation = FlatStorage(repeating: 0, count: counts.count)
    refill()
  }

  private static func shifted(_ arrays: [[Int32]], by step: Int) -> [Int32] {
    arrays.enumerated().flatMap { index, array in array.map { $0 + Int32(index * step) } }
  }

  /// Makes all donors available again and chooses the index of the next run.
  mutating func reset(variant: Int) {
    self.variant = variant
    refill()
  }

  private mutating func refill() {
    for word in 0..<words { free[variant * words + word] = allFree[word] }
    for group in 0..<groups { freeCount[variant * (groups + 1) + group] = allCount[variant * (groups + 1) + group] }
    guard hasGenerations else { return }
    for group in 0..<generation.capacity { generation[group] = 0 }
    hasGenerations = false
  }

  /// The first group of the index in use.
  @inline(__always)
  var firstGroup: Int { variant &* (groups &+ 1) }

  /// The number of depths, the prompt's included, where so many groups lie side by side at each.
  @inline(__always)
  func depths(_ siblings: Int) -> Int { groups / siblings }

  /// The group of a node.
  @inline(__always)
  func group(of node: Int) -> Int { Int(places[variant &* nodes &+ node].group) }

  /// Whether nothing is left to borrow in a group.
  @inline(__always)
  func isExhausted(_ group: Int) -> Bool { freeCount[group] == 0 }

  /// Whether a node's group is in its second generation or beyond.
  @inline(__always)
  func isRepeated(_ node: Int) -> Bool { hasGenerations && generation[group(of: node)] > 0 }

  /// The position of a node among the donors of its group, or where it would stand.
  @inline(__always)
  func place(of node: Int) -> Int { Int(places[variant &* nodes &+ node].position) }

  /// The key of the donor at a position.
  @inline(__always)
  func key(at position: Int) -> Double { key[position] }

  /// The first position of a group whose key is not below a key. O(log n).
  func lowerBound(group: Int, key sought: Double) -> Int {
    var low = Int(groupStart[group])
    var high = Int(groupStart[group + 1])
    while low < high {
      let middle = (low + high) / 2
      if key[middle] < sought { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Takes a node off the list: this run has drawn all that is recorded after it.
  @inline(__always)
  mutating func remove(_ node: Int) {
    let place = places[variant &* nodes &+ node]
    let bit: UInt64 = 1 << UInt64(place.position & 63)
    free[Int(place.position) >> 6] &= ~bit
    freeCount[Int(place.group)] &-= 1
  }

  /// Whether two groups of the index in use are of different depths.
  func isOtherDepth(_ group: Int, than other: Int, siblings: Int) -> Bool {
    (group - firstGroup) / siblings != (other - firstGroup) / siblings
  }

  /// The group to borrow from: a candidate's own, or where nothing is recorded in it the nearest one of its depth.
  ///
  /// - Parameter siblings: The number of groups at each depth, which are numbered side by side.
  func lender(for group: Int, siblings: Int) -> Int? {
    if allCount[group] > 0 { return group }
    let local = group % (groups + 1)
    let first = group - local % siblings
    for distance in 1..<max(siblings, 2) {
      for other in [group - distance, group + distance] where other >= first && other < first + siblings {
        if allCount[other] > 0 { return other }
      }
    }
    return nil
  }

  /// Begins a new generation of a group: all its nodes can be drawn again.
  mutating func renew(_ group: Int, pool: inout ContinuationPool) {
    for position in Int(groupStart[group])..<Int(groupStart[group + 1]) {
      let bit: UInt64 = 1 << UInt64(position & 63)
      free[position >> 6] |= bit
      pool.rewind(Int(node[position]))
    }
    freeCount[group] = allCount[group]
    generation[group] &+= 1
    hasGenerations = true
  }

  /// One of the nearest free donors of a group, each of the k nearest with the same probability; ties at random.
  ///
  /// - Parameters:
  ///   - group: A group with a free donor.
  ///   - key: The borrower's key.
  ///   - start: The first position whose key is not below the borrower's.
  ///   - neighbours: k.
  func draw(group: Int, key: Double, from start: Int, neighbours: Int, stream: inout RandomStream) -> Int {
    let first = Int(groupStart[group])
    let end = Int(groupStart[group + 1])
    var right = nextFree(start, end: end)
    var left = previousFree(start - 1, first: first)
    // The m-th nearest for a random m: the walk outwards need not go further than the donor it takes.
    var further = neighbours == 1 ? 0 : stream.below(min(neighbours, Int(freeCount[group])))
    while true {
      let goesLeft = isLeftNearer(left, right, first: first, end: end, key: key, stream: &stream)
      if further == 0 { return Int(node[goesLeft ? left : right]) }
      if goesLeft { left = previousFree(left - 1, first: first) } else { right = nextFree(right + 1, end: end) }
      further -= 1
    }
  }

  @inline(__always)
  private func isLeftNearer(
    _ left: Int,
    _ right: Int,
    first: Int,
    end: Int,
    key: Double,
    stream: inout RandomStream
  ) -> Bool {
    if left < first { return false }
    if right >= end { return true }
    let below = key - self.key[left]
    let above = self.key[right] - key
    return below == above ? stream.below(2) == 0 : below < above
  }

  /// The first free position from one on; `end` where there is none.
  @inline(__always)
  private func nextFree(_ position: Int, end: Int) -> Int {
    guard position < end else { return end }
    var word = position >> 6
    var bits = free[word] & (~0 << UInt64(position & 63))
    while bits == 0 {
      word += 1
      guard word << 6 < end else { return end }
      bits = free[word]
    }
    return min(word << 6 + bits.trailingZeroBitCount, end)
  }

  /// The last free position up to one; `first - 1` where there is none.
  @inline(__always)
  private func previousFree(_ position: Int, first: Int) -> Int {
    guard position >= first else { return first - 1 }
    var word = position >> 6
    var bits = free[word] & (~0 >> UInt64(63 - position & 63))
    while bits == 0 {
      word -= 1
      guard word >= 0, word << 6 + 63 >= first else { return first - 1 }
      bits = free[word]
    }
    return max(word << 6 + 63 - bits.leadingZeroBitCount, first - 1)
  }
}
