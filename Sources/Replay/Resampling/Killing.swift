extension ResamplingScheme {
  /// Candidate i stays with probability w_i / max w; else its place goes to a draw from all by weight.
  ///
  /// P. Del Moral, "Feynman-Kac Formulae" (Springer 2004), section 2.5.2; unbiased since
  /// w_i / m + sum_j (1 - w_j / m) p_i = N p_i for m = max w.
  static func killing(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    _ ancestors: borrowing FlatStorage<Int32>,
    _ scratch: borrowing FlatStorage<Double>,
    _ stream: inout some UniformSource
  ) {
    var highest = 0.0
    var sum = 0.0
    for i in 0..<count {
      highest = max(highest, weights[i])
      sum += weights[i]
      scratch[i] = sum
    }
    for i in 0..<count {
      let stays = stream.uniform() * highest < weights[i]
      ancestors[i] = Int32(truncatingIfNeeded: stays ? i : search(scratch, count, stream.uniform() * sum))
    }
  }

  /// The first index whose cumulative weight exceeds a point. O(log N).
  @inline(__always)
  static func search(_ cumulative: borrowing FlatStorage<Double>, _ count: Int, _ point: Double) -> Int {
    // No branch depends on the weights: half of them would be mispredicted.
    var first = 0
    var size = count
    while size > 1 {
      let half = size >> 1
      first &+= cumulative[first &+ half &- 1] > point ? 0 : half
      size &-= half
    }
    return first
  }
}
