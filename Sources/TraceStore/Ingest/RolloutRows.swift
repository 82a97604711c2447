import Traces

/// A record's rollouts on their way into the table of rollouts.
///
/// SQLite numbers them, from the highest number there is: of a number that it is given it looks up whether it is taken.
struct RolloutRows: RowRun {
  let packed: PackedRollouts
  let context: RolloutContext
  let source: Int64
  /// The packed numbers.
  let numbers: UnsafeRawBufferPointer
  /// Where each rollout leaves another; empty where all begin at the prompt.
  let parents: [StoredParent?]
  /// The class of each of the record's different answers.
  let classes: [Int64]
  /// Whether the rare columns are null, or 0, in all rows.
  let isPlain: Bool

  private static let columns = [
    "position", "steps", "finish", "answer_class", "total_tokens", "step_ends", "step_keys",
  ]
  /// Null, or 0, in all rows of most records: it costs to hand SQLite so many nulls.
  private static let rareColumns = ["parent", "parent_step", "source_verdict", "tokens", "log_probabilities", "part"]

  init(
    packed: PackedRollouts, context: RolloutContext, source: Int64, numbers: UnsafeRawBufferPointer,
    parents: [StoredParent?], classes: [Int64]
  ) {
    self.packed = packed
    self.context = context
    self.source = source
    self.numbers = numbers
    self.parents = parents
    self.classes = classes
    isPlain =
      parents.isEmpty && context.part == 0
      && packed.rows.allSatisfy { $0.tokens.count == 0 && $0.logProbabilities.count == 0 && $0.sourceVerdict == nil }
  }

  /// For records in which the rare columns are null, or 0.
  static let plainForm = form(with: [])
  static let form = form(with: rareColumns)

  private static func form(with further: [String]) -> RowInsertion.Form {
    RowInsertion.Form(into: "rollout", shared: ["problem", "recording", "source"], own: columns + further)
  }

  var count: Int { packed.rows.count }

  func bindShared(to statement: PreparedStatement) {
    statement.bind(1, context.problem)
    statement.bind(2, context.recording)
    statement.bind(3, source)
  }

  @inline(__always)
  func bind(_ index: Int, to row: RowInsertion.Row) { bind(index, packed.rows[index], to: row) }

  @inline(__always)
  private func bind(_ index: Int, _ rollout: PackedRollouts.Row, to row: RowInsertion.Row) {
    let statement = row.statement
    statement.bind(row.parameter(0), context.firstPosition + index)
    statement.bind(row.parameter(1), rollout.steps)
    statement.bind(row.parameter(2), constant: Self.name(of: rollout.finish))
    statement.bind(row.parameter(3), rollout.answer.map { classes[$0] })
    statement.bind(row.parameter(4), rollout.totalTokens)
    statement.bind(row.parameter(5), uncopied: numbers.bytes(at: rollout.ends))
    statement.bind(row.parameter(6), uncopied: numbers.bytes(at: rollout.keys))
    if isPlain { return }
    let parent = parents.isEmpty ? nil : parents[index]
    statement.bind(row.parameter(7), parent?.identifier)
    statement.bind(row.parameter(8), parent?.step)
    statement.bind(row.parameter(9), rollout.sourceVerdict)
    statement.bind(row.parameter(10), uncopied: numbers.bytes(at: rollout.tokens))
    statement.bind(row.parameter(11), uncopied: numbers.bytes(at: rollout.logProbabilities))
    statement.bind(row.parameter(12), context.part)
  }

  private static func name(of finish: Finish) -> StaticString {
    switch finish {
    case .stop: "stop"
    case .length: "length"
    case .open: "open"
    }
  }
}
