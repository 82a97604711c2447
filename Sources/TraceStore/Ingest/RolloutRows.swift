import GRDB
import Traces

/// A record's rollouts on their way into the table of rollouts; their identifiers follow each other.
struct RolloutRows: RowRun {
  let graded: GradedRecord
  let context: RolloutContext
  let source: Int64
  /// What is packed of the record.
  let bytes: UnsafeRawBufferPointer
  /// Where each rollout leaves another; empty where all begin at the prompt.
  let parents: [StoredParent?]
  /// The class of each of the record's different answers.
  let classes: [Int64]

  static func insertion(_ db: Database) throws -> RowInsertion {
    try RowInsertion(
      db, into: "rollout", shared: ["problem", "recording", "source"],
      own: [
        "id", "position", "parent", "parent_step", "steps", "finish", "answer_class", "source_verdict", "total_tokens",
        "step_ends", "step_keys", "tokens", "log_probabilities",
      ])
  }

  var count: Int { graded.packed.rows.count }

  func bindShared(to statement: PreparedStatement) {
    statement.bind(1, context.problem)
    statement.bind(2, context.recording)
    statement.bind(3, source)
  }

  func bind(_ index: Int, to row: RowInsertion.Row, then next: () throws -> Void) throws {
    bind(index, graded.packed.rows[index], to: row)
    try next()
  }

  @inline(__always)
  private func bind(_ index: Int, _ numbers: PackedRollouts.Row, to row: RowInsertion.Row) {
    let statement = row.statement
    let parent = parents.isEmpty ? nil : parents[index]
    statement.bind(row.parameter(0), context.firstIdentifier &+ Int64(index))
    statement.bind(row.parameter(1), context.firstPosition + index)
    statement.bind(row.parameter(2), parent?.identifier)
    statement.bind(row.parameter(3), parent?.step)
    statement.bind(row.parameter(4), numbers.steps)
    statement.bind(row.parameter(5), constant: Self.name(of: graded.record.rollouts[index].finish))
    statement.bind(row.parameter(6), numbers.answer.map { classes[$0] })
    statement.bind(row.parameter(7), graded.record.rollouts[index].sourceVerdict)
    statement.bind(row.parameter(8), numbers.totalTokens)
    statement.bind(row.parameter(9), uncopied: bytes.bytes(at: numbers.ends))
    statement.bind(row.parameter(10), uncopied: bytes.bytes(at: numbers.keys))
    statement.bind(row.parameter(11), uncopied: bytes.bytes(at: numbers.tokens))
    statement.bind(row.parameter(12), uncopied: bytes.bytes(at: numbers.logProbabilities))
  }

  private static func name(of finish: Finish) -> StaticString {
    switch finish {
    case .stop: "stop"
    case .length: "length"
    case .open: "open"
    }
  }
}
