import GRDB
import Traces

/// The texts and answers of a record's rollouts on their way into the table of texts; SQLite takes the texts from where
/// they are.
struct TextRows: RowRun {
  let graded: GradedRecord
  let context: RolloutContext

  static func insertion(_ db: Database) throws -> RowInsertion {
    try RowInsertion(db, into: "rollout_text", own: ["rollout", "text", "answer", "stated_answer"])
  }

  var count: Int { graded.packed.rows.count }

  func bind(_ index: Int, to row: RowInsertion.Row, then next: () throws -> Void) throws {
    row.statement.bind(row.parameter(0), context.firstIdentifier &+ Int64(index))
    row.statement.bind(row.parameter(2), graded.packed.rows[index].answer.map { graded.packed.answers[$0].text })
    row.statement.bind(row.parameter(3), graded.record.rollouts[index].answer)
    try row.statement.bind(row.parameter(1), uncopied: graded.record.rollouts[index].text, next)
  }
}
