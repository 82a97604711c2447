extension ResamplingScheme {
  /// floor(N p_i) copies for certain, the remaining places drawn independently from what is left of N p_i.
  ///
  /// J. S. Liu and R. Chen, "Sequential Monte Carlo methods for dynamic systems", JASA 93 (1998),
  /// doi 10.1080/01621459.1998.10473765.
  static func residual(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    _ ancestors: borrowing FlatStorage<Int32>,
    _ scratch: borrowing FlatStorage<Double>,
    _ stream: inout some UniformSource
  ) {
    let unit = total(weights, count) / Double(count)
    var filled = 0
    var rest = 0.0
    for i in 0..<count {
      let expected = weights[i] / unit
      let copies = min(Int(expected), count - filled)
      rest += max(0, expected - Double(copies))
      scratch[i] = rest
      for _ in 0..<copies {
        ancestors[filled] = Int32(truncatingIfNeeded: i)
        filled += 1
      }
    }
    while filled < count {
      ancestors[filled] = Int32(truncatingIfNeeded: search(scratch, count, stream.uniform() * rest))
      filled += 1
    }
  }
}
