import Traces

/// The scores of a record's rollouts on their way into the table of scores, rollout by rollout.
struct ScoreRows: RowRun {
  let packed: PackedRollouts
  let context: RolloutContext
  /// The packed numbers.
  let numbers: UnsafeRawBufferPointer
  /// The columns whose scores were added later; empty for most records, which then need not say it row by row.
  let imported: [Int]

  private static let columns = ["rollout", "scorer", "last", "minimum", "product", "mean", "scores"]
  static let form = RowInsertion.Form(into: "score", own: columns)
  static let formWithImported = RowInsertion.Form(into: "score", own: columns + ["imported"])

  var count: Int { packed.scores.count }

  @inline(__always)
  func bind(_ index: Int, to row: RowInsertion.Row) { bind(packed.scores[index], to: row) }

  @inline(__always)
  private func bind(_ scores: PackedRollouts.Scores, to row: RowInsertion.Row) {
    row.statement.bind(row.parameter(0), context.firstIdentifier &+ Int64(scores.rollout))
    row.statement.bind(row.parameter(1), context.scorers[scores.column])
    row.statement.bind(row.parameter(2), scores.aggregates.last)
    row.statement.bind(row.parameter(3), scores.aggregates.minimum)
    row.statement.bind(row.parameter(4), scores.aggregates.product)
    row.statement.bind(row.parameter(5), scores.aggregates.mean)
    row.statement.bind(row.parameter(6), uncopied: numbers.bytes(at: scores.place))
    if !imported.isEmpty { row.statement.bind(row.parameter(7), imported.contains(scores.column)) }
  }
}
