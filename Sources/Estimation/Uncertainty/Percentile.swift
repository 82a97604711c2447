/// Percentiles of resampled statistics.
enum Percentile {
  /// The interval that leaves (1 - confidence) / 2 of the values on either side, by order statistics (Efron and
  /// Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3).
  ///
  /// With B values in ascending order the ends are those of rank floor((B + 1) alpha) and its mirror image, so each end
  /// is a value that occurred; that keeps censored values apart from numbers. `nil` without values.
  static func interval<Value: Comparable>(of values: [Value], confidence: Double) -> (low: Value, high: Value)? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let tail = (1 - confidence) / 2
    // The small addend keeps a product such as 10,000 x 0.025 from falling below its whole number.
    let rank = max(Int(Double(sorted.count + 1) * tail + 1e-9), 1)
    return (sorted[rank - 1], sorted[sorted.count - rank])
  }
}
