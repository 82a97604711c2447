import Traces

extension RandomStream {
  /// An index below a count, drawn in proportion to weights.
  ///
  /// - Parameters:
  ///   - count: The number of indices.
  ///   - total: The sum of their weights.
  ///   - weight: The weight of an index, 0 or more.
  @inline(__always)
  mutating func index(below count: Int, total: Double = 1, weight: (Int) -> Double) -> Int {
    var point = uniform() * total
    var chosen = 0
    for index in 0..<count {
      let weight = weight(index)
      if weight > 0 { chosen = index }
      point -= weight
      if point < 0 { break }
    }
    return chosen
  }
}
