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
    let scale = Double(count) / total(weights, count)
    let offset = stream.uniform()
    for i in 0..<count { ancestors[i] = 0 }
    // Candidate i owns the points from ceil(count * (w_0 + ... + w_{i-1}) / total - offset) on. Each writes its number at
    // its first point, a later one over an earlier one without points; what lies between is filled in afterwards. There
    // is no branch to mispredict, which is what costs in the usual merge.
    var sum = 0.0
    for i in 0..<count {
      let bound = sum * scale - offset
      let whole = Int(bound)
      let first = whole &+ (bound > Double(whole) ? 1 : 0)
      ancestors[min(first, count)] = Int32(truncatingIfNeeded: i)
      sum += weights[i]
    }
    var owner: Int32 = 0
    for i in 0..<count {
      owner = max(owner, ancestors[i])
      ancestors[i] = owner
    }
  }
}
