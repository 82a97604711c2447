/// A smooth function of a few variables, asked for its value at a point and then beside it, one coordinate at a time: what
/// does not depend on that coordinate need not be computed again.
protocol SmoothFunction: ~Copyable {
  /// The value at a point, which is remembered.
  mutating func value(at point: SmallVector) -> Double

  /// The value at the remembered point with another value of one coordinate.
  borrowing func value(with value: Double, at coordinate: Int) -> Double
}
