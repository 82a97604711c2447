/// A priority queue of candidates: highest rank first, ties by a random number.
struct CandidateHeap: Sendable {
  struct Element: Sendable {
    var candidate: Candidate
    var rank: Double
    var tie: UInt32
  }

  private var elements: [Element] = []

  /// Adds a candidate. O(log n).
  mutating func push(_ candidate: Candidate, rank: Double, tie: UInt32) {
    elements.append(Element(candidate: candidate, rank: rank, tie: tie))
    var child = elements.count - 1
    while child > 0, precedes(child, (child - 1) / 2) {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Removes the highest candidate. O(log n).
  mutating func pop() -> Element? {
    guard let top = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return top }
    elements[0] = last
    var parent = 0
    while true {
      var highest = parent
      let left = 2 * parent + 1
      if left < elements.count, precedes(left, highest) { highest = left }
      if left + 1 < elements.count, precedes(left + 1, highest) { highest = left + 1 }
      if highest == parent { return top }
      elements.swapAt(parent, highest)
      parent = highest
    }
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    (elements[left].rank, elements[left].tie) > (elements[right].rank, elements[right].tie)
  }
}
