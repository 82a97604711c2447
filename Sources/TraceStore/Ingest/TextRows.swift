import Traces

/// The texts and answers of a record's rollouts on their way into the table of texts; SQLite takes them from where they
/// are.
struct TextRows: RowRun {
  let packed: PackedRollouts
  let context: RolloutContext
  /// The packed texts.
  let texts: UnsafeRawBufferPointer
  /// The packed texts of answers.
  let shortTexts: UnsafeRawBufferPointer
  /// Whether the rows bring their numbers; otherwise SQLite gives them the numbers of the rollouts.
  let isNumbered: Bool

  private static let columns = ["text", "answer", "stated_answer"]
  static let form = RowInsertion.Form(into: "rollout_text", own: columns)
  static let numberedForm = RowInsertion.Form(into: "rollout_text", own: columns + ["rollout"])

  var count: Int { packed.rows.count }

  @inline(__always)
  func bind(_ index: Int, to row: RowInsertion.Row) {
    let answer = packed.rows[index].answer
    row.statement.bind(row.parameter(0), uncopiedText: texts.bytes(at: packed.rows[index].text))
    bind(answer.map { packed.answerTexts[$0] }, to: row.parameter(1), of: row.statement)
    bind(packed.rows[index].statedAnswer, to: row.parameter(2), of: row.statement)
    if isNumbered { row.statement.bind(row.parameter(3), context.firstIdentifier &+ Int64(index)) }
  }

  @inline(__always)
  private func bind(_ place: PackedBytes.Place?, to parameter: Int32, of statement: PreparedStatement) {
    guard let place else { return statement.bind(parameter, nil as Int64?) }
    statement.bind(parameter, uncopiedText: shortTexts.bytes(at: place))
  }
}
