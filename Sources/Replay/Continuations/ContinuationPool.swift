import Traces

/// The recorded continuations of one problem and what a run has drawn of them.
///
/// Every recorded draw is a slot; the slots of a node's children lie side by side, so that drawing without
/// replacement, with probability proportional to the remaining visits, is one step of a Fisher-Yates shuffle: O(1).
/// Starting afresh undoes what the run touched and nothing else.
struct ContinuationPool: Sendable {
  /// Where each node's slots begin, with one more element at the end.
  let slotStart: [Int32]
  /// The child that each slot drew, as recorded.
  let recordedSlots: [Int32]
  /// The slots in the run's order: those already drawn come first.
  private var slots: [Int32]
  /// For each node the slots drawn in this run.
  private var drawn: [Int32]
  private var touchedNodes: [Int32] = []
  private var touchedSlots: [Int32] = []

  /// Prepares the pool of a tree. O(n) in recorded draws.
  init(tree: TraceTree) {
    var starts = [Int32](repeating: 0, count: tree.nodeCount + 1)
    var slots: [Int32] = []
    for node in 0..<tree.nodeCount {
      for child in tree.children(of: node) {
        slots.append(contentsOf: repeatElement(Int32(child), count: Int(tree.visits[child])))
      }
      starts[node + 1] = Int32(slots.count)
    }
    slotStart = starts
    recordedSlots = slots
    self.slots = slots
    drawn = Array(repeating: 0, count: tree.nodeCount)
    touchedNodes.reserveCapacity(tree.nodeCount)
    touchedSlots.reserveCapacity(slots.count)
  }

  /// The recorded draws after a node.
  func recordedDraws(after node: Int) -> Int { Int(slotStart[node + 1] - slotStart[node]) }

  /// The draws after a node that this run has not made yet.
  @inline(__always)
  func remainingDraws(after node: Int) -> Int { Int(slotStart[node + 1] &- slotStart[node] &- drawn[node]) }

  /// Draws a recorded continuation that this run has not drawn yet.
  ///
  /// - Returns: The child, or -1 where the node's continuations are used up.
  @inline(__always)
  mutating func drawRecorded(after node: Int, stream: inout RandomStream) -> Int {
    let start = Int(slotStart[node])
    let count = Int(slotStart[node + 1]) &- start
    let used = Int(drawn[node])
    guard used < count else { return -1 }
    if used == 0 { touchedNodes.append(Int32(truncatingIfNeeded: node)) }
    drawn[node] = Int32(truncatingIfNeeded: used &+ 1)
    guard count &- used > 1 else { return Int(slots[start &+ used]) }
    let here = start &+ used
    let there = here &+ stream.below(count &- used)
    let child = slots[there]
    if there != here {
      touchedSlots.append(Int32(truncatingIfNeeded: there))
      touchedSlots.append(Int32(truncatingIfNeeded: here))
      slots[there] = slots[here]
      slots[here] = child
    }
    return Int(child)
  }

  /// Draws any recorded continuation of a node, drawn before or not; -1 where none is recorded.
  func drawAgain(after node: Int, stream: inout RandomStream) -> Int {
    let count = recordedDraws(after: node)
    return count == 0 ? -1 : Int(recordedSlots[Int(slotStart[node]) + stream.below(count)])
  }

  /// Puts back all that was drawn. O(touched).
  mutating func reset() {
    for slot in touchedSlots { slots[Int(slot)] = recordedSlots[Int(slot)] }
    for node in touchedNodes { drawn[Int(node)] = 0 }
    touchedSlots.removeAll(keepingCapacity: true)
    touchedNodes.removeAll(keepingCapacity: true)
  }
}
