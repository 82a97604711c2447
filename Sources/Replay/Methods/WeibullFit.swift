import Foundation

/// The room in which mixtures are fitted to the paths of one run after the other.
struct WeibullFit: ~Copyable, Sendable {
  private static let start = SmallVector([0.5, 1, 1, 1.5, 2])
  private var minimizer = BoundedMinimizer(
    lower: SmallVector([0.2, 0.01, 0.01, 0.01, 0.01]),
    upper: SmallVector([0.8, .infinity, .infinity, .infinity, .infinity]))
  private var likelihood = WeibullLikelihood()

  /// Makes room for a number of values.
  mutating func reserve(_ count: Int) { likelihood.reserve(count) }

  /// Forgets all values.
  mutating func removeAll() { likelihood.count = 0 }

  /// Adds a probability above 0; there must be room for it.
  mutating func append(_ value: Double) {
    likelihood.values[likelihood.count] = value
    likelihood.count += 1
  }

  /// A probability that was added.
  subscript(place: Int) -> Double { likelihood.values[place] }

  /// Fits a mixture to the probabilities; the component of the more probable paths is the first.
  ///
  /// - Complexity: O(n) for each of some dozens of iterations.
  mutating func mixture() -> WeibullMixture {
    WeibullMixture(parameters: minimizer.minimum(from: Self.start, of: &likelihood).point).ordered
  }
}

/// The negative logarithm of a mixture's likelihood, of its parameters. Of the two components' densities only those are
/// computed anew that a coordinate changes.
private struct WeibullLikelihood: ~Copyable, SmoothFunction {
  var values = FlatStorage(repeating: 0.0, count: 0)
  var count = 0
  private var first = FlatStorage(repeating: 0.0, count: 0)
  private var second = FlatStorage(repeating: 0.0, count: 0)
  private var mixture = WeibullMixture(
    share: 0.5, first: .init(shape: 1, scale: 1), second: .init(shape: 1, scale: 1))
  private var point = SmallVector([])

  mutating func reserve(_ count: Int) {
    guard values.capacity < count else { return }
    values = FlatStorage(repeating: 0, count: count)
    first = FlatStorage(repeating: 0, count: count)
    second = FlatStorage(repeating: 0, count: count)
  }

  mutating func value(at point: SmallVector) -> Double {
    self.point = point
    mixture = WeibullMixture(parameters: point)
    for i in 0..<count {
      first[i] = mixture.first.density(values[i])
      second[i] = mixture.second.density(values[i])
    }
    return negativeSum { mixture.share * first[$0] + (1 - mixture.share) * second[$0] }
  }

  func value(with value: Double, at coordinate: Int) -> Double {
    var point = point
    point[coordinate] = value
    let moved = WeibullMixture(parameters: point)
    switch coordinate {
    case 0: return negativeSum { moved.share * first[$0] + (1 - moved.share) * second[$0] }
    case 1, 2:
      return negativeSum { moved.share * moved.first.density(values[$0]) + (1 - moved.share) * second[$0] }
    default:
      return negativeSum { moved.share * first[$0] + (1 - moved.share) * moved.second.density(values[$0]) }
    }
  }

  @inline(__always)
  private func negativeSum(_ density: (Int) -> Double) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += log(density(i)) }
    return -sum
  }
}
