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
  /// Whether the rare columns are null in all rows.
  let isPlain: Bool

  private static let columns = [
    "id", "position", "steps", "finish", "answer_class", "total_tokens", "step_ends", "step_keys",
  ]
  /// Null in all rows of most records: it costs to hand SQLite so many nulls.
  private static let rareColumns = ["parent", "parent_step", "source_verdict", "tokens", "log_probabilities"]

  init(
    graded: GradedRecord, context: RolloutContext, source: Int64, bytes: UnsafeRawBufferPointer,
    parents: [StoredParent?], classes: [Int64]
  ) {
    self.graded = graded
    self.context = context
    self.source = source
    self.bytes = bytes
    self.parents = parents
    self.classes = classes
    isPlain =
      parents.isEmpty && graded.packed.rows.allSatisfy { $0.tokens.count == 0 && $0.logProbabilities.count == 0 }
      && graded.record.rollouts.indices.allSatisfy { graded.record.rollouts[$0].sourceVerdict == nil }
  }

  /// - Parameter plain: Whether it is for records in which the rare columns are null.
  static func insertion(_ db: Database, plain: Bool) throws -> RowInsertion {
    try RowInsertion(
      db, into: "rollout", shared: ["problem", "recording", "source"], own: columns + (plain ? [] : rareColumns))
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
    statement.bind(row.parameter(0), context.firstIdentifier &+ Int64(index))
    statement.bind(row.parameter(1), context.firstPosition + index)
    statement.bind(row.parameter(2), numbers.steps)
    statement.bind(row.parameter(3), constant: Self.name(of: graded.record.rollouts[index].finish))
    statement.bind(row.parameter(4), numbers.answer.map { classes[$0] })
    statement.bind(row.parameter(5), numbers.totalTokens)
    statement.bind(row.parameter(6), uncopied: bytes.bytes(at: numbers.ends))
    statement.bind(row.parameter(7), uncopied: bytes.bytes(at: numbers.keys))
    if isPlain { return }
    let parent = parents.isEmpty ? nil : parents[index]
    statement.bind(row.parameter(8), parent?.identifier)
    statement.bind(row.parameter(9), parent?.step)
    statement.bind(row.parameter(10), graded.record.rollouts[index].sourceVerdict)
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
