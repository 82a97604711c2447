import Traces

/// The donors that a run can still borrow from, as bits in order of their keys.
///
/// Searching for the nearest is a scan of words from a position outwards: a word holds 64 donors, so a step costs a
/// count of leading or trailing zeros.
struct DonorPool: Sendable {
  let index: DonorIndex
  /// How many of the nearest donors a loan is drawn from.
  let neighbours: Int
  private var free: [UInt64]
  private var freeCount: [Int32]

  init(index: DonorIndex, neighbours: Int) {
    self.index = index
    self.neighbours = neighbours
    free = index.used
    freeCount = index.donorCount
  }

  /// Makes all donors available again.
  mutating func reset() {
    for word in free.indices { free[word] = index.used[word] }
    for depth in freeCount.indices { freeCount[depth] = index.donorCount[depth] }
  }

  /// Takes a node off the list: this run has drawn all that is recorded after it.
  @inline(__always)
  mutating func remove(_ node: Int, depth: Int) {
    let position = Int(index.position[node])
    free[position >> 6] &= ~(1 << UInt64(position & 63))
    freeCount[depth] &-= 1
  }

  /// One of the nearest free donors of a depth, each of the k nearest with the same probability; -1 where none is left.
  ///
  /// - Parameters:
  ///   - depth: The depth of donors.
  ///   - key: The borrower's key.
  ///   - start: The first position of the depth whose key is not below the borrower's.
  mutating func draw(depth: Int, key: Double, from start: Int, stream: inout RandomStream) -> Int {
    let available = min(neighbours, Int(freeCount[depth]))
    guard available > 0 else { return -1 }
    let first = Int(index.depthStart[depth])
    let end = Int(index.depthStart[depth + 1])
    var right = nextFree(start, end: end)
    var left = previousFree(start - 1, first: first)
    // The m-th nearest for a random m: the walk outwards need not go further than the donor it takes.
    for _ in 0..<stream.below(available) {
      if isLeftNearer(left, right, first: first, end: end, key: key) {
        left = previousFree(left - 1, first: first)
      } else {
        right = nextFree(right + 1, end: end)
      }
    }
    let chosen = isLeftNearer(left, right, first: first, end: end, key: key) ? left : right
    return Int(index.node[chosen])
  }

  @inline(__always)
  private func isLeftNearer(_ left: Int, _ right: Int, first: Int, end: Int, key: Double) -> Bool {
    if left < first { return false }
    if right >= end { return true }
    return key - index.key[left] < index.key[right] - key
  }

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
    return word << 6 + bits.trailingZeroBitCount
  }

  @inline(__always)
  private func previousFree(_ position: Int, first: Int) -> Int {
    guard position >= first else { return first - 1 }
    var word = position >> 6
    var bits = free[word] & (~0 >> UInt64(63 - position & 63))
    while bits == 0 {
      word -= 1
      guard word << 6 >= first else { return first - 1 }
      bits = free[word]
    }
    return word << 6 + 63 - bits.leadingZeroBitCount
  }
}
