/// Splits a rollout's total of tokens among its steps in proportion to the lengths of their texts.
///
/// By the method of largest remainders (Hamilton's): every step gets the whole part of its share, and what is left goes
/// to the largest remainders, the earlier step first among equals. The sum is exact. Steps without any text share
/// evenly.
struct TokenApportionment {
  private var remainders: [(remainder: UInt64, step: Int)] = []
  private(set) var shares: [Int32] = []

  /// Replaces `shares` by those of another rollout.
  ///
  /// - Complexity: O(n log n) in the number of steps; allocates only where a rollout is longer than all before.
  mutating func apportion(total: Int, lengths: [Int]) {
    shares.removeAll(keepingCapacity: true)
    remainders.removeAll(keepingCapacity: true)
    let sum = lengths.reduce(0, +)
    let whole = UInt64(max(sum == 0 ? lengths.count : sum, 1))
    var left = total
    for (step, length) in lengths.enumerated() {
      let weight = UInt64(sum == 0 ? 1 : length)
      let product = UInt64(total).multipliedFullWidth(by: weight)
      let (share, remainder) = whole.dividingFullWidth(product)
      shares.append(Int32(clamping: share))
      remainders.append((remainder, step))
      left -= Int(share)
    }
    guard left > 0 else { return }
    remainders.sort { $0.remainder == $1.remainder ? $0.step < $1.step : $0.remainder > $1.remainder }
    for index in 0..<min(left, remainders.count) { shares[remainders[index].step] += 1 }
  }
}
