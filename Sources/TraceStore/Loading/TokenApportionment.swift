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
    // No length is above the whole, so that no product is above this one.
    let fitsOneWord = !total.multipliedReportingOverflow(by: whole).overflow
    for (step, length) in lengths.enumerated() {
      let (share, remainder) =
        fitsOneWord
        ? (total &* length).quotientAndRemainder(dividingBy: whole)
        : whole.dividingFullWidth(total.multipliedFullWidth(by: length))
      shares.append(Int32(clamping: share))
      remainders.append((remainder, step))
      left -= share
    }
    // Less than one for each step is left.
    give(min(Int(left), remainders.count))
  }

  /// Gives one more token to as many steps, the largest remainders first.
  private mutating func give(_ count: Int) {
    if count > Self.fewTokens {
      remainders.sort { $0.remainder == $1.remainder ? $0.step < $1.step : $0.remainder > $1.remainder }
      for index in 0..<count { shares[remainders[index].step] += 1 }
      return
    }
    for _ in 0..<count {
      // The earlier of equal ones stays; a remainder is given for once.
      var best = 0
      for step in remainders.indices where remainders[step].remainder > remainders[best].remainder { best = step }
      shares[best] += 1
      remainders[best].remainder = 0
    }
  }

  /// Up to so many tokens are given one by one: that takes less than sorting.
  private static let fewTokens = 8
}
