extension ResamplingScheme {
  /// One uniform point in each of N equal strata. G. Kitagawa (1996), doi 10.2307/1390750.
  static func stratified(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    _ ancestors: borrowing FlatStorage<Int32>,
    _ stream: inout some UniformSource
  ) {
    let spacing = total(weights, count) / Double(count)
    var sum = weights[0]
    var candidate = 0
    for i in 0..<count {
      let point = (Double(i) + stream.uniform()) * spacing
      while point >= sum, candidate < count - 1 {
        candidate += 1
        sum += weights[candidate]
      }
      ancestors[i] = Int32(truncatingIfNeeded: candidate)
    }
  }
}
