import Foundation

/// A law that problems have in common up to what is particular to each: shares of some categories, which scatter over
/// problems around a common mean as a Dirichlet distribution does.
///
/// How much they scatter is found from the counts of all problems (`concentration`, by the greatest likelihood of the
/// Dirichlet-multinomial distribution; T. P. Minka, "Estimating a Dirichlet distribution", 2000). A problem's own law is then
/// what its counts say, drawn towards the mean as if that had been observed `concentration` times.
struct SharedLaw: Sendable {
  /// The common shares; they add up to 1.
  let mean: [Double]
  /// How alike problems are: the number of observations that the mean is worth.
  let concentration: Double

  /// The values that are tried.
  private static let candidates: [Double] = (0...24).map { pow(10, Double($0) / 6) }

  /// Finds what some problems have in common.
  ///
  /// - Parameters:
  ///   - mean: The common shares.
  ///   - counts: For each problem the counts of the categories.
  init(mean: [Double], counts: [[Double]]) {
    self.mean = mean
    let told = counts.filter { $0.reduce(0, +) > 1 }
    var best = (concentration: Self.candidates.last ?? 1, logLikelihood: -Double.infinity)
    // The most alike come first, and stay unless others are more likely.
    for concentration in Self.candidates.reversed() {
      let logLikelihood = told.reduce(0) { $0 + Self.logLikelihood($1, mean: mean, concentration: concentration) }
      if logLikelihood > best.logLikelihood { best = (concentration, logLikelihood) }
    }
    concentration = best.concentration
  }

  /// The logarithm of the probability of a sequence with these counts.
  static func logLikelihood(_ counts: [Double], mean: [Double], concentration: Double) -> Double {
    let total = counts.reduce(0, +)
    var sum = lgamma(concentration) - lgamma(concentration + total)
    for (count, share) in zip(counts, mean) where count > 0 {
      let prior = concentration * max(share, 1e-6)
      sum += lgamma(prior + count) - lgamma(prior)
    }
    return sum
  }

  /// The law of a problem with some counts of its own.
  func law(given counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +) + concentration
    return zip(counts, mean).map { ($0 + concentration * $1) / total }
  }
}
