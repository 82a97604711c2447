import Foundation

extension ResamplingScheme {
  /// N independent draws, made in ascending order by exponential spacings and one merge: O(N).
  ///
  /// Partial sums of N + 1 standard exponentials over their total are N sorted uniforms: L. Devroye, "Non-Uniform Random
  /// Variate Generation" (Springer 1986), section V.3.
  static func multinomial(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    _ ancestors: borrowing FlatStorage<Int32>,
    _ scratch: borrowing FlatStorage<Double>,
    _ stream: inout some UniformSource
  ) {
    var spacings = 0.0
    for i in 0..<count {
      spacings -= log(1 - stream.uniform())
      scratch[i] = spacings
    }
    spacings -= log(1 - stream.uniform())
    let scale = total(weights, count) / spacings
    var sum = weights[0]
    var candidate = 0
    for i in 0..<count {
      let point = scratch[i] * scale
      while point >= sum, candidate < count - 1 {
        candidate += 1
        sum += weights[candidate]
      }
      ancestors[i] = Int32(truncatingIfNeeded: candidate)
    }
  }
}
