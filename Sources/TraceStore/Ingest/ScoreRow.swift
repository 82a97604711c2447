import Traces

/// The scores of one rollout by one channel, with the aggregates that a shell can query.
struct ScoreRow {
  static let insert = insertion("INSERT")
  /// Changes nothing where the rollout has scores of the scorer already.
  static let insertIfMissing = insertion("INSERT OR IGNORE")

  private static func insertion(_ verb: String) -> String {
    "\(verb) INTO score (rollout, scorer, last, minimum, product, mean, scores) VALUES (?, ?, ?, ?, ?, ?, ?)"
  }

  var rollout: Int64
  var scorer: Int64
  var scale: ScoreScale
  var scores: [Double]

  /// Adds the row; there must be one score at least.
  func write(with statement: PreparedStatement) throws {
    var minimum = Double.infinity
    var product = 1.0
    var sum = 0.0
    for score in scores {
      minimum = min(minimum, score)
      product *= score
      sum += score
    }
    statement.bind(1, rollout)
    statement.bind(2, scorer)
    statement.bind(3, scores.last)
    statement.bind(4, minimum)
    statement.bind(5, scale == .probability ? product : nil)
    statement.bind(6, sum / Double(scores.count))
    try scores.withUnsafeBytes { bytes in
      statement.bind(7, uncopied: bytes)
      try statement.run()
    }
  }
}
