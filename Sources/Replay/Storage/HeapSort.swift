/// Sorting without room of its own: the library's sort allocates.
enum HeapSort {
  /// Sorts numbers so that the last ones are the lowest by some ranks. O(n log n).
  ///
  /// - Parameters:
  ///   - order: Indices into the ranks.
  ///   - ranks: What is compared.
  ///   - isLower: Whether the first index is lower than the second by the ranks.
  @inline(__always)
  static func sort(
    _ order: inout [Int32],
    by ranks: [Double],
    isLower: (UnsafeBufferPointer<Double>, Int32, Int32) -> Bool
  ) {
    let count = order.count
    ranks.withUnsafeBufferPointer { ranks in
      order.withUnsafeMutableBufferPointer { order in
        for root in stride(from: count / 2 - 1, through: 0, by: -1) { sift(order, ranks, root, count, isLower) }
        for end in stride(from: count - 1, to: 0, by: -1) {
          order.swapAt(0, end)
          sift(order, ranks, 0, end, isLower)
        }
      }
    }
  }

  /// Moves an element of a heap, the lowest on top, down to its place.
  @inline(__always)
  private static func sift(
    _ order: UnsafeMutableBufferPointer<Int32>,
    _ ranks: UnsafeBufferPointer<Double>,
    _ root: Int,
    _ end: Int,
    _ isLower: (UnsafeBufferPointer<Double>, Int32, Int32) -> Bool
  ) {
    let moved = order[root]
    var parent = root
    while 2 * parent + 1 < end {
      var child = 2 * parent + 1
      if child + 1 < end, isLower(ranks, order[child + 1], order[child]) { child += 1 }
      if !isLower(ranks, order[child], moved) { break }
      order[parent] = order[child]
      parent = child
    }
    order[parent] = moved
  }
}
