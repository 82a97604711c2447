import Traces

/// The permutation test of a paired difference: under the null hypothesis a problem's difference could as well have had
/// the other sign.
///
/// Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses" (2005), section 3.2. Problems without a difference
/// do not matter. With few differences every assignment of signs is counted; otherwise assignments are drawn, and the
/// observed one is counted among them, so that p is never 0 (Phipson and Smyth 2010, doi 10.2202/1544-6115.1585).
public enum SignFlipTest {
  /// Up to so many differences that are not zero, all 2^m assignments are counted.
  static let exactLimit = 14
  /// Assignments drawn beyond that.
  static let draws = 9_999

  /// The two-sided p-value of the differences' sum; 1 where none differs.
  /// - Parameters:
  ///   - differences: one a problem, in the order of the problems' keys; NaN is left out.
  ///   - problems: the keys, which with the seed decide the assignments drawn.
  ///   - seed: the study's seed.
  public static func pValue(differences: [Double], problems: [String], seed: UInt64) -> Double {
    let differing = differences.filter { !$0.isNaN && $0 != 0 }
    guard !differing.isEmpty else { return 1 }
    let scale = differing.reduce(0) { $0 + abs($1) }
    // Sums that differ only by rounding are equally extreme.
    let observed = abs(differing.reduce(0, +)) - scale * 1e-12
    if differing.count <= exactLimit { return exact(differing, observed: observed) }
    var stream = ProblemResamples.stream(seed: seed, problems: problems, purpose: "signFlip")
    var extreme = 1
    for _ in 0..<draws where abs(flippedSum(differing, &stream)) >= observed { extreme += 1 }
    return Double(extreme) / Double(draws + 1)
  }

  private static func exact(_ differences: [Double], observed: Double) -> Double {
    let assignments = 1 << differences.count
    let extreme = (0..<assignments).count { assignment in
      var sum = 0.0
      for (position, difference) in differences.enumerated() {
        sum += assignment >> position & 1 == 0 ? difference : -difference
      }
      return abs(sum) >= observed
    }
    return Double(extreme) / Double(assignments)
  }

  private static func flippedSum(_ differences: [Double], _ stream: inout RandomStream) -> Double {
    var sum = 0.0
    var bits: UInt32 = 0
    for (position, difference) in differences.enumerated() {
      if position % 32 == 0 { bits = stream.nextBits() }
      sum += bits & 1 == 0 ? difference : -difference
      bits >>= 1
    }
    return sum
  }
}
