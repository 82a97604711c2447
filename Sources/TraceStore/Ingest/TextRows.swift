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

  static let form = RowInsertion.Form(into: "rollout_text", own: ["rollout", "text", "answer", "stated_answer"])

  var count: Int { packed.rows.count }

  @inline(__always)
  func bind(_ index: Int, to row: RowInsertion.Row) {
    let answer = packed.rows[index].answer
    row.statement.bind(row.parameter(0), context.firstIdentifier &+ Int64(index))
    row.statement.bind(row.parameter(1), uncopiedText: texts.bytes(at: packed.rows[index].text))
    bind(answer.map { packed.answerTexts[$0] }, to: row.parameter(2), of: row.statement)
    bind(packed.rows[index].statedAnswer, to: row.parameter(3), of: row.statement)
  }

  @inline(__always)
  private func bind(_ place: PackedBytes.Place?, to parameter: Int32, of statement: PreparedStatement) {
    guard let place else { return statement.bind(parameter, nil as Int64?) }
    statement.bind(parameter, uncopiedText: shortTexts.bytes(at: place))
  }
}
