import Traces

/// The scores of one rollout by one channel, with the aggregates that a shell can query.
struct ScoreRow {
  /// Adds imported scores; changes nothing where the rollout has scores of the scorer already.
  static let importIfMissing = """
    INSERT OR IGNORE INTO score (rollout, scorer, last, minimum, product, mean, scores, imported)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1)
    """

  var rollout: Int64
  var scorer: Int64
  var scale: ScoreScale
  var scores: [Double]

  /// Adds the row; there must be one score at least.
  func write(with statement: PreparedStatement) throws {
    let aggregates = scores.withUnsafeBufferPointer { ScoreAggregates($0, scale: scale) }
    statement.bind(1, rollout)
    statement.bind(2, scorer)
    statement.bind(3, aggregates.last)
    statement.bind(4, aggregates.minimum)
    statement.bind(5, aggregates.product)
    statement.bind(6, aggregates.mean)
    try scores.withUnsafeBytes { bytes in
      statement.bind(7, uncopied: bytes)
      try statement.run()
    }
  }
}
