/// A way to replace N weighted candidates by N equal ones. Every scheme is unbiased: the expected number of copies of
/// candidate i is N p_i, with p_i its normalised weight.
///
/// The schemes are those of N. Chopin and O. Papaspiliopoulos, "An Introduction to Sequential Monte Carlo" (Springer
/// 2020), chapter 9, where their variances are compared.
public enum ResamplingScheme: String, Hashable, Sendable, CaseIterable {
  /// One random number; floor(N p) or ceil(N p) copies each.
  case systematic
  /// N independent draws.
  case multinomial
  /// One draw in each of N strata.
  case stratified
  /// floor(N p) copies, the rest multinomially.
  case residual
  /// Srinivasan sampling: floor(N p) or ceil(N p) copies, negatively associated.
  case ssp
  /// Each candidate survives with probability w / max w, else is replaced by a draw from all.
  case killing

  /// Draws the ancestors of N new candidates.
  ///
  /// - Parameters:
  ///   - weights: Nonnegative weights, at least one positive; need not be normalised.
  ///   - count: N, the number of candidates and of draws.
  ///   - ancestors: Receives N indices, in no particular order; has room for N + 1.
  ///   - scratch: N + 1 numbers of working room.
  ///   - stream: The run's random numbers.
  /// - Complexity: O(N); the residual part and killed places cost O(log N) each.
  @inline(__always)
  func draw(
    weights: borrowing FlatStorage<Double>,
    count: Int,
    ancestors: borrowing FlatStorage<Int32>,
    scratch: borrowing FlatStorage<Double>,
    stream: inout some UniformSource
  ) {
    switch self {
    case .systematic: Self.systematic(weights, count, ancestors, &stream)
    case .multinomial: Self.multinomial(weights, count, ancestors, scratch, &stream)
    case .stratified: Self.stratified(weights, count, ancestors, &stream)
    case .residual: Self.residual(weights, count, ancestors, scratch, &stream)
    case .ssp: Self.srinivasan(weights, count, ancestors, scratch, &stream)
    case .killing: Self.killing(weights, count, ancestors, scratch, &stream)
    }
  }

  /// The sum of the first weights.
  @inline(__always)
  static func total(_ weights: borrowing FlatStorage<Double>, _ count: Int) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += weights[i] }
    return sum
  }

  /// Writes the sums of the first weights.
  static func accumulate(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    into sums: borrowing FlatStorage<Double>
  ) {
    var sum = 0.0
    for i in 0..<count {
      sum += weights[i]
      sums[i] = sum
    }
  }

  /// The index that a point in 0..<total falls on; the last positive weight for points beyond it by rounding.
  static func index(of point: Double, in weights: borrowing FlatStorage<Double>, _ count: Int) -> Int {
    var sum = 0.0
    for i in 0..<count {
      sum += weights[i]
      if point < sum { return i }
    }
    return (0..<count).last { weights[$0] > 0 } ?? 0
  }
}
