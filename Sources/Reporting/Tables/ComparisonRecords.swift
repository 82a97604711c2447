import Estimation

/// Comparisons as CSV: one line a pair of curves and budget, accuracies as fractions.
public enum ComparisonRecords {
  /// The names of the columns. `rateIs`, `rateLowIs` and `rateHighIs` say whether the number before them is the ratio
  /// itself (`exactly`) or a bound that the ratio lies `above` or `below`.
  public static let columns = [
    "leftRecording", "rightRecording", "budget", "problems", "left", "right", "difference", "low", "high", "pValue",
    "rate", "rateIs", "rateLow", "rateLowIs", "rateHigh", "rateHighIs",
  ]

  /// The lines with a heading, each ended by a line feed; what is not there is empty.
  public static func csv(_ comparisons: [CurveComparison]) -> String {
    let rows = comparisons.flatMap { comparison in
      comparison.rows.map { fields($0, of: comparison) }
    }
    return CommaSeparated.text([columns] + rows)
  }

  private static func fields(_ row: CurveComparison.Row, of comparison: CurveComparison) -> [String] {
    let numbers = [
      row.left, row.right, row.comparison.difference, row.comparison.interval.low, row.comparison.interval.high,
      row.comparison.pValue,
    ]
    let rate = comparison.rates.first { $0.budget == row.budget }
    return [
      comparison.left.recording, comparison.right.recording, "\(row.budget)", "\(row.comparison.problems)",
    ] + numbers.map(CurveRecords.text) + [rate?.rate, rate?.low, rate?.high].flatMap(fields)
  }

  private static func fields(_ ratio: BudgetRatio?) -> [String] {
    switch ratio {
    case nil: ["", ""]
    case .below(let bound): ["\(bound)", "below"]
    case .exactly(let value): ["\(value)", "exactly"]
    case .above(let bound): ["\(bound)", "above"]
    }
  }
}
