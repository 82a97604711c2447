/// Splits a rollout's total of tokens among its steps in proportion to the lengths of their texts.
///
/// By the method of largest remainders (Hamilton's): every step gets the whole part of its share, and what is left goes
/// to the largest remainders, the earlier step first among equals. The sum is exact. Steps without any text share
/// evenly.
struct TokenApportionment {
  private var lengths: [UInt64] = []
  private var remainders: [(remainder: UInt64, step: Int)] = []
  private(set) var shares: [Int32] = []

  /// Replaces `shares` by those of another rollout.
  ///
  /// - Parameters:
  ///   - total: Tokens of all steps together, 0 or more.
  ///   - boundaries: The packed ends of the steps.
  ///   - steps: The number of steps.
  ///   - delimiterBytes: The length of the text between two steps.
  /// - Complexity: O(n log n) in the number of steps; allocates only where a rollout is longer than all before.
  mutating func apportion(total: Int, boundaries: UnsafeRawBufferPointer, steps: Int, delimiterBytes: Int) {
    lengths.removeAll(keepingCapacity: true)
    StepBoundaries.forEachRange(packed: boundaries, steps: steps, delimiterBytes: delimiterBytes) { start, end in
      lengths.append(UInt64(end - start))
    }
    var whole: UInt64 = 0
    for length in lengths { whole += length }
    if whole == 0 {
      for step in lengths.indices { lengths[step] = 1 }
      whole = UInt64(max(lengths.count, 1))
    }
    distribute(UInt64(max(total, 0)), whole: whole)
  }

  private mutating func distribute(_ total: UInt64, whole: UInt64) {
    shares.removeAll(keepingCapacity: true)
    remainders.removeAll(keepingCapacity: true)
    var left = total
    for (step, length) in lengths.enumerated() {
      let (share, remainder) = whole.dividingFullWidth(total.multipliedFullWidth(by: length))
      shares.append(Int32(clamping: share))
      remainders.append((remainder, step))
      left -= share
    }
    guard left > 0 else { return }
    remainders.sort { $0.remainder == $1.remainder ? $0.step < $1.step : $0.remainder > $1.remainder }
    for index in 0..<min(Int(left), remainders.count) { shares[remainders[index].step] += 1 }
  }
}
