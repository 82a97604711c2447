import Traces

/// A scorer's channel on its way into the table of scorers.
struct ScorerRow {
  private let column: ScoreColumn

  init(_ column: ScoreColumn) { self.column = column }

  static let scales = "SELECT id, channel, scale FROM scorer WHERE name = ?"
  static let insert = "INSERT INTO scorer (name, channel, scale, source) VALUES (?, ?, ?, ?)"

  /// Finds or adds the scorer.
  ///
  /// - Throws: `UnacceptableData` where the store knows the reward model with another scale.
  func write(find: PreparedStatement, insert: PreparedStatement, source: Int64?) throws -> Int64 {
    try self.find(with: find) ?? add(with: insert, source: source)
  }

  /// The scorer's row where there is one.
  ///
  /// - Throws: `UnacceptableData` where the store knows the reward model with another scale.
  func find(with statement: PreparedStatement) throws -> Int64? {
    statement.bind(1, column.scorer)
    defer { statement.reset() }
    var identifier: Int64?
    while try statement.step() {
      if statement.text(1) == column.channel.rawValue { identifier = statement.integer(0) }
      let scale = statement.text(2) ?? ""
      guard scale == column.scale.rawValue else { throw otherScale(scale) }
    }
    return identifier
  }

  private func otherScale(_ scale: String) -> UnacceptableData {
    UnacceptableData(
      field: "scores.\(column.scorer)", found: "scores on the scale \(column.scale.rawValue)",
      expected: "the scale \(scale), as the store has it for this scorer",
      remedy:
        "a scale is stated every time (in `recording.scorers` or by --scale \(column.scorer)=\(scale)); scores of "
        + "another scale need a scorer name of their own (--scorer NAME)")
  }

  private func add(with statement: PreparedStatement, source: Int64?) throws -> Int64 {
    statement.bind(1, column.scorer)
    statement.bind(2, column.channel.rawValue)
    statement.bind(3, column.scale.rawValue)
    statement.bind(4, source)
    try statement.run()
    return statement.lastInsertedRow
  }
}
