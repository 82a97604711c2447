/// The least-squares fit of a non-decreasing sequence.
public enum IsotonicRegression {
  /// Pool adjacent violators: neighbours in the wrong order are replaced by their weighted mean until none is left.
  ///
  /// Barlow, Bartholomew, Bremner and Brunk, "Statistical Inference under Order Restrictions" (1972), section 1.2.
  /// - Parameters:
  ///   - values: the sequence.
  ///   - weights: one positive weight a value; all equal when left out.
  /// - Complexity: O(count).
  public static func fit(_ values: [Double], weights: [Double]? = nil) -> [Double] {
    var blocks: [(mean: Double, weight: Double, count: Int)] = []
    for (position, value) in values.enumerated() {
      var block = (mean: value, weight: weights.map { $0[position] } ?? 1, count: 1)
      while let last = blocks.last, last.mean > block.mean {
        blocks.removeLast()
        let weight = last.weight + block.weight
        block.mean = (last.mean * last.weight + block.mean * block.weight) / weight
        block.weight = weight
        block.count += last.count
      }
      blocks.append(block)
    }
    return blocks.flatMap { Array(repeating: $0.mean, count: $0.count) }
  }
}
