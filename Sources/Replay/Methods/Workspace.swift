import Traces

/// The working room of a task, made once and used by all runs.
struct Workspace: Sendable {
  var candidates: [Candidate] = []
  var next: [Candidate] = []
  var completed: [Candidate] = []
  var weights: [Double] = []
  var numbers: [Double] = []
  var ancestors: [Int32] = []
  var order: [Int32] = []
  var votes: [Double] = []
  var carried: [Double] = []
  var spare: [Double] = []
  var openAncestors: [Int32] = []
  /// Takes notes of runs; `nil` unless somebody asked for a run's genealogy.
  var recorder: RunRecorder?

  /// Makes room for a number of candidates and classes.
  mutating func reserve(_ count: Int, classes: Int) {
    grow(&candidates, to: count, Candidate())
    grow(&next, to: count, Candidate())
    grow(&weights, to: count, 0)
    grow(&numbers, to: count + 1, 0)
    grow(&ancestors, to: count, 0)
    grow(&votes, to: classes, 0)
    grow(&carried, to: count, 0)
    grow(&spare, to: count, 0)
    grow(&openAncestors, to: count, 0)
    order.reserveCapacity(count)
    completed.reserveCapacity(2 * count)
  }

  /// Sets carried log-weights to 0.
  mutating func clearCarried(count: Int) {
    for i in 0..<count { carried[i] = 0 }
  }

  private func grow<Element>(_ array: inout [Element], to count: Int, _ value: Element) {
    if array.count < count { array.append(contentsOf: repeatElement(value, count: count - array.count)) }
  }

  /// Orders the first candidates by aggregated score, best first, ties at random; writes to `order`.
  mutating func rankOrder(count: Int, engine: inout ReplayEngine) {
    order.removeAll(keepingCapacity: true)
    for i in 0..<count {
      order.append(Int32(truncatingIfNeeded: i))
      numbers[i] = engine.scores.rank(of: candidates[i])
    }
    shuffle(count: count, stream: &engine.stream)
    let ranks = numbers
    order.sort { ranks[Int($0)] > ranks[Int($1)] }
  }

  /// Shuffles `order`: sorting is by score alone afterwards, so equal scores stay in random order.
  private mutating func shuffle(count: Int, stream: inout RandomStream) {
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, stream.below(i + 1))
    }
  }
}
