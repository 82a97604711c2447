import Traces

/// The working room of a task, made once and used by all runs.
struct Workspace: ~Copyable, Sendable {
  var candidates = FlatStorage(repeating: Candidate(), count: 0)
  var next = FlatStorage(repeating: Candidate(), count: 0)
  var weights = FlatStorage(repeating: 0.0, count: 0)
  var numbers = FlatStorage(repeating: 0.0, count: 0)
  var carried = FlatStorage(repeating: 0.0, count: 0)
  var spare = FlatStorage(repeating: 0.0, count: 0)
  var votes = FlatStorage(repeating: 0.0, count: 0)
  var ancestors = FlatStorage(repeating: Int32(0), count: 0)
  var openAncestors = FlatStorage(repeating: Int32(0), count: 0)
  /// The path that a conditional filter keeps: its states after each step.
  var reference = FlatList(filler: Candidate(), capacity: 64)
  /// The ends of the references of several chains.
  var ends = FlatStorage(repeating: Candidate(), count: 0)
  /// The paths that best-first search has not continued yet.
  var frontier = CandidateHeap()
  /// What Monte Carlo tree search has grown.
  var tree = SearchTree()
  /// Which leads end an adaptive vote.
  var leads = LeadTable()
  /// Where the paths of a perplexity vote are pruned.
  var fit = WeibullFit()
  /// Which places the drawn rollouts have among all.
  var marked = PlaceSet()
  /// How many rollouts each recording still gives.
  var shares = FlatStorage(repeating: Int32(0), count: 0)
  var completed: [Candidate] = []
  var order: [Int32] = []
  /// The classes that those who vote name; -1 for none.
  var voters: [Int32] = []
  /// Numbers 0, 1, ... in order of their `ranks`.
  var places: [Int32] = []
  var ranks: [Double] = []
  /// Takes notes of runs; `nil` unless somebody asked for a run's genealogy.
  var recorder: RunRecorder?

  /// Makes room for a number of candidates and classes.
  mutating func reserve(_ count: Int, classes: Int) {
    if votes.capacity < classes { votes = FlatStorage(repeating: 0, count: classes) }
    guard candidates.capacity < count + 1 else { return }
    candidates = FlatStorage(repeating: Candidate(), count: count + 1)
    next = FlatStorage(repeating: Candidate(), count: count + 1)
    weights = FlatStorage(repeating: 0, count: count + 1)
    numbers = FlatStorage(repeating: 0, count: count + 1)
    carried = FlatStorage(repeating: 0, count: count + 1)
    spare = FlatStorage(repeating: 0, count: count + 1)
    ancestors = FlatStorage(repeating: 0, count: count + 1)
    openAncestors = FlatStorage(repeating: 0, count: count + 1)
    order.reserveCapacity(count)
    voters.reserveCapacity(count)
    places.reserveCapacity(count)
    ranks.reserveCapacity(count)
    completed.reserveCapacity(2 * count)
  }

  /// Sets carried log-weights to 0.
  mutating func clearCarried(count: Int) {
    for i in 0..<count { carried[i] = 0 }
  }

  /// Makes the path to a candidate the reference.
  mutating func takeReference(to end: Candidate, history: borrowing RunHistory) {
    reference.removeAll()
    history.copyPath(to: end, over: &reference)
  }

  /// Makes room for the shares of some recordings.
  mutating func reserveShares(_ count: Int) {
    if shares.capacity < count { shares = FlatStorage(repeating: 0, count: count) }
  }

  /// Makes room for the ends of some chains' references.
  mutating func reserveEnds(_ count: Int) {
    if ends.capacity < count { ends = FlatStorage(repeating: Candidate(), count: count) }
  }

  /// Orders the first candidates by aggregated score, best first, ties at random; writes to `order`.
  mutating func rankOrder(count: Int, engine: inout ReplayEngine) {
    order.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
    for i in 0..<count {
      order.append(Int32(truncatingIfNeeded: i))
      ranks.append(engine.scores.rank(of: candidates[i]))
    }
    sortOrder(stream: &engine.stream)
  }

  /// Sorts `order`, which holds 0, 1, ..., by `ranks`, highest first, ties at random.
  ///
  /// A shuffle and then a heap sort, which needs no room of its own: it compares ranks only, so that equal ones come out
  /// in random order, too.
  mutating func sortOrder(stream: inout RandomStream) {
    let count = order.count
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, stream.below(i + 1)) }
    HeapSort.sort(&order, by: ranks) { ranks, left, right in ranks[Int(left)] < ranks[Int(right)] }
  }

  /// Fills `places` with the numbers of `ranks`, highest rank first, the lower number first among equals.
  mutating func sortPlaces() {
    places.removeAll(keepingCapacity: true)
    for place in ranks.indices { places.append(Int32(truncatingIfNeeded: place)) }
    HeapSort.sort(&places, by: ranks) { ranks, left, right in
      let (own, other) = (ranks[Int(left)], ranks[Int(right)])
      return own < other || (own == other && left > right)
    }
  }

  /// Puts `order` in the order of the `ranks` of its elements, highest first; equals stay as they were.
  mutating func sortOrderByRanks() {
    sortPlaces()
    for place in places.indices { places[place] = order[Int(places[place])] }
    swap(&places, &order)
  }

  /// Moves finished candidates to the completed list and closes the gaps.
  ///
  /// - Returns: The number of candidates that go on.
  mutating func retireFinished(_ count: Int, engine: borrowing ReplayEngine) -> Int {
    var kept = 0
    for i in 0..<count {
      let candidate = candidates[i]
      if engine.isFinished(candidate) {
        completed.append(candidate)
      } else {
        candidates[kept] = candidate
        kept += 1
      }
    }
    return kept
  }
}
