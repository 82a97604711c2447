import Traces

/// Random subsets of the recorded rollouts without replacement.
///
/// A partial Fisher-Yates shuffle: O(N) a subset. The permutation starts as the recorded order in every run, so that a
/// run's subset is a function of its random numbers alone.
struct SubsetDraw: ~Copyable, Sendable {
  /// The number of rollouts.
  let count: Int
  private let order: FlatStorage<Int32>
  private var swapped: FlatList<Int32>

  init(count: Int) {
    self.count = count
    order = FlatStorage((0..<count).map { Int32($0) })
    swapped = FlatList(filler: 0, capacity: max(count, 1))
  }

  /// Draws the element for a position; earlier positions must have been drawn before.
  @inline(__always)
  mutating func draw(_ position: Int, stream: inout RandomStream) -> Int {
    let other = position &+ stream.below(count &- position)
    swapped.append(Int32(truncatingIfNeeded: other))
    let drawn = order[other]
    order[other] = order[position]
    order[position] = drawn
    return Int(drawn)
  }

  /// Returns to the recorded order.
  mutating func reset() {
    for position in stride(from: swapped.count - 1, through: 0, by: -1) {
      let other = Int(swapped[position])
      let moved = order[position]
      order[position] = order[other]
      order[other] = moved
    }
    swapped.removeAll()
  }
}
