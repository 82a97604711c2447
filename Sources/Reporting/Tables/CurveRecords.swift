import Estimation

/// The rows of a replay as CSV: one line a point, the columns of the JSON rows.
public enum CurveRecords {
  /// The names of the columns.
  public static let columns = [
    "method", "preset", "aggregate", "scorer", "recording", "options", "budget", "problems", "accuracy", "low", "high",
    "expected", "recorded", "borrowed", "shared", "refused", "generations", "tokens", "scorerCalls", "warnings",
    "bias", "biasLow", "biasHigh", "scorerTokens", "generationsLow", "generationsHigh", "tokensLow", "tokensHigh",
    "scorerCallsLow", "scorerCallsHigh", "scorerTokensLow", "scorerTokensHigh", "flops", "flopsLow", "flopsHigh",
    "argmax", "sample", "vote", "weightedVote", "predictedBias", "predictedBiasLow", "predictedBiasHigh",
    "policyDifference", "policyDifferenceLow", "policyDifferenceHigh", "fromOtherDepths", "openShare",
    "expansions", "expansionsLow", "expansionsHigh", "lookAhead",
    "presetVersion", "fromOtherProblems",
  ]

  /// The rows as RFC 4180 has it, with a heading, but lines end with a line feed alone.
  ///
  /// Numbers are in the shortest form that reads back to the same value; what is not there is empty; options and
  /// warnings are joined by `;`.
  public static func csv(_ points: [CurvePoint]) -> String {
    CommaSeparated.text([columns] + points.map(fields))
  }

  private static func fields(_ point: CurvePoint) -> [String] {
    let cell = point.cell
    let options = cell.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    let identity = [
      cell.method, cell.preset ?? "", cell.aggregate ?? "", cell.scorer ?? "", cell.recording, options,
      "\(cell.budget)", "\(point.problems)",
    ]
    let numbers = [
      point.accuracy, point.interval.low, point.interval.high, point.expected, point.coverage.recorded,
      point.coverage.borrowed, point.coverage.shared,
    ]
    let costs = [point.generations, point.tokens, point.scorerCalls]
    return identity + numbers.map(text) + ["\(point.refused)"] + costs.map(text)
      + [point.warnings.map(\.rawValue).joined(separator: ";")]
      + [point.bias?.value, point.bias?.interval.low, point.bias?.interval.high].map(text)
      + additions(point).map(text) + [cell.presetVersion ?? "", text(point.fromOtherProblems)]
  }

  /// The intervals of costs, FLOPs, and the accuracies of the answer rules.
  private static func additions(_ point: CurvePoint) -> [Double?] {
    let costs = point.costs
    let intervals = [costs?.generations, costs?.tokens, costs?.scorerCalls, costs?.scorerTokens].flatMap {
      [$0?.interval.low, $0?.interval.high]
    }
    return [point.scorerTokens] + intervals
      + [point.flops?.mean, point.flops?.interval.low, point.flops?.interval.high]
      + [point.rules?.argmax, point.rules?.sample, point.rules?.vote, point.rules?.weightedVote]
      + [point.predictedBias, point.policyDifference].flatMap { [$0?.value, $0?.interval.low, $0?.interval.high] }
      + [point.fromOtherDepths, point.openShare]
      + [costs?.expansions?.mean, costs?.expansions?.interval.low, costs?.expansions?.interval.high]
      + [point.coverage.lookAhead]
  }

  static func text(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "" }
    return "\(number)"
  }
}
