extension ResamplingScheme {
  /// N equidistant points with one random offset: floor(N p_i) or ceil(N p_i) copies of i.
  ///
  /// G. Kitagawa, "Monte Carlo filter and smoother", Journal of Computational and Graphical Statistics 5 (1996),
  /// doi 10.2307/1390750.
  @inline(__always)
  static func systematic(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    _ ancestors: borrowing FlatStorage<Int32>,
    _ stream: inout some UniformSource
  ) {
    let spacing = total(weights, count) / Double(count)
    var point = stream.uniform() * spacing
    var sum = weights[0]
    var candidate = 0
    for i in 0..<count {
      while point >= sum, candidate < count - 1 {
        candidate &+= 1
        sum += weights[candidate]
      }
      ancestors[i] = Int32(truncatingIfNeeded: candidate)
      point += spacing
    }
  }
}
