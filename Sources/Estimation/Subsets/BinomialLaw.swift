/// Binomial probabilities that neither overflow nor lose digits at large counts.
enum BinomialLaw {
  /// The probabilities of 0, 1, ... min(trials, limit) successes.
  ///
  /// Ratios of neighbours are followed both ways from the mode and divided by their sum, so what underflows is
  /// negligible. A success probability of 0 or 1 gives a point mass.
  /// - Complexity: O(trials).
  static func probabilities(trials: Int, success: Double, upTo limit: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: trials + 1)
    let mode = min(trials, Int(Double(trials + 1) * success))
    weights[mode] = 1
    if success > 0, success < 1 {
      let odds = success / (1 - success)
      for successes in stride(from: mode, to: trials, by: 1) {
        weights[successes + 1] = weights[successes] * odds * Double(trials - successes) / Double(successes + 1)
      }
      for successes in stride(from: mode, to: 0, by: -1) {
        weights[successes - 1] = weights[successes] * Double(successes) / (odds * Double(trials - successes + 1))
      }
    }
    let sum = weights.reduce(0, +)
    return weights.prefix(limit + 1).map { $0 / sum }
  }
}
