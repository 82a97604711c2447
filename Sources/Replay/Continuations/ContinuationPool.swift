import Traces

/// The recorded continuations of one problem and what a run has drawn of them.
///
/// The recorded draws after a node lie side by side, so that drawing without replacement, with probability proportional
/// to the remaining visits, is one step of a Fisher-Yates shuffle: O(1). Starting afresh undoes what the run touched and
/// nothing else.
struct ContinuationPool: ~Copyable, Sendable {
  let steps: FlatStorage<RecordedStep>
  /// The child that each recorded draw took.
  private let recorded: FlatStorage<Int32>
  /// The same in the run's order: after each node, those already drawn come first.
  private let shuffled: FlatStorage<Int32>
  /// For each node the draws made in this run.
  private let drawn: FlatStorage<Int32>
  /// Whether continuations are drawn in recorded order instead of at random: how a run recorded online repeats exactly.
  var keepsRecordedOrder = false
  private var touchedNodes: FlatList<Int32>
  private var touchedDraws: FlatList<Int32>

  /// Prepares the pool of a tree and of what other problems lend it. O(n) in recorded draws.
  init(tree: TraceTree, lent: LentSteps = .none) {
    let all = RecordedStep.all(of: tree, lent: lent)
    steps = FlatStorage(all.steps)
    recorded = FlatStorage(all.draws)
    shuffled = FlatStorage(all.draws)
    drawn = FlatStorage(repeating: 0, count: all.steps.count)
    touchedNodes = FlatList(filler: 0, capacity: all.steps.count)
    touchedDraws = FlatList(filler: 0, capacity: 2 * all.draws.count)
  }

  /// The recorded draws after a node.
  @inline(__always)
  func recordedDraws(after node: Int) -> Int { Int(steps[node].draws) }

  /// The draws after a node that this run has not made yet.
  @inline(__always)
  func remainingDraws(after node: Int) -> Int { Int(steps[node].draws &- drawn[node]) }

  /// Draws a recorded continuation that this run has not drawn yet.
  ///
  /// - Returns: The child, or -1 where the node's continuations are used up.
  @inline(__always)
  mutating func drawRecorded(after node: Int, stream: inout RandomStream) -> Int {
    let step = steps[node]
    let used = drawn[node]
    guard used < step.draws else { return -1 }
    if used == 0 { touchedNodes.append(Int32(truncatingIfNeeded: node)) }
    drawn[node] = used &+ 1
    let here = Int(step.firstDraw &+ used)
    let left = Int(step.draws &- used)
    guard left > 1, !keepsRecordedOrder else { return Int(shuffled[here]) }
    let there = here &+ stream.below(left)
    let child = shuffled[there]
    if there != here {
      touchedDraws.append(Int32(truncatingIfNeeded: there))
      touchedDraws.append(Int32(truncatingIfNeeded: here))
      shuffled[there] = shuffled[here]
      shuffled[here] = child
    }
    return Int(child)
  }

  /// Draws any recorded continuation of a node, drawn before or not; -1 where none is recorded.
  func drawAgain(after node: Int, stream: inout RandomStream) -> Int {
    let step = steps[node]
    return step.draws == 0 ? -1 : Int(recorded[Int(step.firstDraw) + stream.below(Int(step.draws))])
  }

  /// Puts back what was drawn after a node, so that it can be drawn a second time in the same run.
  func rewind(_ node: Int) {
    let step = steps[node]
    drawn[node] = 0
    for draw in Int(step.firstDraw)..<Int(step.firstDraw + step.draws) { shuffled[draw] = recorded[draw] }
  }

  /// Puts back all that was drawn. O(touched).
  mutating func reset() {
    for i in 0..<touchedDraws.count {
      let draw = Int(touchedDraws[i])
      shuffled[draw] = recorded[draw]
    }
    for i in 0..<touchedNodes.count { drawn[Int(touchedNodes[i])] = 0 }
    touchedDraws.removeAll()
    touchedNodes.removeAll()
  }
}
