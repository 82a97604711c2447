import Traces

/// A scorer's channel on its way into the table of scorers.
struct ScorerRow {
  private let column: ScoreColumn

  init(_ column: ScoreColumn) { self.column = column }

  /// Finds or adds the scorer and notes that it has scores on the channel.
  ///
  /// - Throws: `UnacceptableData` where the store knows the scorer with another scale.
  func write(with statements: IngestStatements, source: Int64?) throws -> Int64 {
    let identifier =
      try find(with: statements.findScorer) ?? add(with: statements.insertScorer, source: source)
    let mark = column.channel == .step ? statements.markStepScores : statements.markPrefixScores
    mark.bind(1, identifier)
    try mark.run()
    return identifier
  }

  private func find(with statement: PreparedStatement) throws -> Int64? {
    statement.bind(1, column.scorer)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let scale = statement.text(1) ?? ""
    guard scale == column.scale.rawValue else {
      throw UnacceptableData(
        field: "scores.\(column.scorer)", found: "scores on the scale \(column.scale.rawValue)",
        expected: "the scale \(scale), as the store has it for this scorer",
        remedy: "give the scorer a name of its own with --scorer NAME")
    }
    return statement.integer(0)
  }

  private func add(with statement: PreparedStatement, source: Int64?) throws -> Int64 {
    statement.bind(1, column.scorer)
    statement.bind(2, column.scale.rawValue)
    statement.bind(3, source)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }
}
