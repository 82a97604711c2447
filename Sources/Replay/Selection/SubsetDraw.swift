import Traces

/// Random subsets of the recorded rollouts without replacement.
///
/// A partial Fisher-Yates shuffle: O(N) a subset. The permutation starts as the recorded order in every run, so that a
/// run's subset is a function of its random numbers alone.
struct SubsetDraw: Sendable {
  private(set) var order: [Int32]
  private var swapped: [Int32] = []

  init(count: Int) {
    order = (0..<count).map { Int32($0) }
    swapped.reserveCapacity(count)
  }

  /// Draws the element for a position; earlier positions must have been drawn before.
  @inline(__always)
  mutating func draw(_ position: Int, stream: inout RandomStream) -> Int {
    let other = position + stream.below(order.count - position)
    swapped.append(Int32(truncatingIfNeeded: other))
    order.swapAt(position, other)
    return Int(order[position])
  }

  /// Draws all elements.
  mutating func drawAll(into drawn: inout [Int32], stream: inout RandomStream) {
    drawn.removeAll(keepingCapacity: true)
    for position in order.indices { drawn.append(Int32(truncatingIfNeeded: draw(position, stream: &stream))) }
  }

  /// Returns to the recorded order.
  mutating func reset() {
    for position in stride(from: swapped.count - 1, through: 0, by: -1) {
      order.swapAt(position, Int(swapped[position]))
    }
    swapped.removeAll(keepingCapacity: true)
  }
}
