extension ReplayEngine {
  /// Draws the ancestors of resampled candidates by a scheme, or repeats a script's.
  mutating func drawAncestors(
    _ scheme: ResamplingScheme,
    weights: borrowing FlatStorage<Double>,
    count: Int,
    ancestors: borrowing FlatStorage<Int32>,
    scratch: borrowing FlatStorage<Double>
  ) {
    guard script != nil else {
      scheme.draw(weights: weights, count: count, ancestors: ancestors, scratch: scratch, stream: &stream)
      return
    }
    for i in 0..<count { ancestors[i] = script?.take(weights: weights, count: count) ?? 0 }
  }

  /// Draws an index by weight, or repeats a script's.
  mutating func drawIndex(_ weights: borrowing FlatStorage<Double>, count: Int) -> Int {
    if let choice = script?.take(weights: weights, count: count) { return Int(choice) }
    let point = stream.uniform() * ResamplingScheme.total(weights, count)
    return ResamplingScheme.index(of: point, in: weights, count)
  }

  /// The same in O(log N), given the sums of the first weights.
  @inline(__always)
  mutating func drawIndex(
    _ weights: borrowing FlatStorage<Double>,
    cumulative: borrowing FlatStorage<Double>,
    count: Int
  ) -> Int {
    if script != nil, let choice = script?.take(weights: weights, count: count) { return Int(choice) }
    return ResamplingScheme.search(cumulative, count, stream.uniform() * cumulative[count - 1])
  }
}
