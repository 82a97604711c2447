import Traces

/// its-hub's results of particle filtering and particle Gibbs: final particles with log weights.
///
/// The particles are resampled already, so equal ones are normal. The results do not name their problem: where a
/// record has no `unique_id`, `id` or `problem` of its own, line i belongs to problem i of `--problems FILE`.
struct ITSHubReader: LineReader {
  static let name = "its-hub"
  static let summary = "its-hub's particle filtering and particle Gibbs results"
  static let signatures = [
    Signature("responses_lst[]", "log_weights_lst[]"), Signature("responses[]", "log_weights_lst[]"),
  ]

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    let column = context.column(context.scorer("log-weight"), scale: .logit)
    var row = ITSHubRow()
    try row.read(line, column)
    let weights = try row.weightsInOrder()
    var predictions: [String: String] = [:]
    if let selected = row.selected { predictions["selected_index"] = "\(selected)" }
    let (problem, provisional) = try problem(of: row, line: line.number)
    let record = TraceRecord(
      problem: try context.completed(problem, field: "answer"), provisionalName: provisional,
      recording: context.recording(delimiter: "\n\n", sampling: .search), columns: [column],
      rollouts: zip(row.responses.flatMap { $0 }, weights).map { RolloutRecord(wholeText: $0, scores: [[$1]]) },
      predictions: predictions, line: line.number)
    return ParsedLine(records: [record])
  }

  private func problem(of row: ITSHubRow, line: Int) throws -> (Problem, ProblemName?) {
    if let key = row.key { return (Problem(key: key, statement: row.statement, answer: row.answer), nil) }
    if let statement = row.statement {
      let name = context.name(forStatement: statement)
      return (Problem(key: name.key, statement: statement, answer: row.answer), name.provisional)
    }
    guard let table = context.options.problems, line <= table.problems.count else {
      throw UnacceptableData(
        field: "unique_id", found: "a result that does not name its problem", expected: "problem \(line) of a list",
        remedy: "give the problems in the results' order with --problems FILE")
    }
    return (table.problems[line - 1], nil)
  }
}

/// One its-hub result as it is written, nested (`responses_lst`) or flattened (`responses`).
private struct ITSHubRow {
  var key: String?
  var statement: String?
  var answer: String?
  var responses: [[String]] = []
  var weights: [[Double]] = []
  var selected: Int?

  mutating func read(_ line: TextLine, _ column: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    try cursor.object { cursor, name in
      switch name {
      case "unique_id", "id": key = try cursor.label()
      case "problem", "question": statement = try cursor.optionalString()
      case "answer": answer = try cursor.label()
      case "responses_lst", "responses": responses = try Self.nested(&cursor) { try Self.message(&$0) }
      case "log_weights_lst": weights = try Self.nested(&cursor) { try $0.score(column) }
      case "selected_index": selected = try cursor.optionalInteger()
      default: try cursor.skip()
      }
    }
    try cursor.end()
  }

  /// One weight for each response, both laid out one after the other.
  func weightsInOrder() throws -> [Double] {
    let all = weights.flatMap { $0 }
    let count = responses.reduce(0) { $0 + $1.count }
    guard count > 0 else { throw UnacceptableData.missing("responses_lst", expected: "at least one response") }
    guard all.count == count else {
      throw UnacceptableData(
        field: "log_weights_lst", found: "\(all.count) weights", expected: "one a response: \(count)")
    }
    return all
  }

  /// A list, or a list of lists.
  private static func nested<Value>(
    _ cursor: inout JSONCursor, _ value: (inout JSONCursor) throws -> Value
  ) throws -> [[Value]] {
    var lists: [[Value]] = []
    var flat: [Value] = []
    try cursor.array { cursor, _ in
      guard cursor.kind() == .array else { return flat.append(try value(&cursor)) }
      var list: [Value] = []
      try cursor.array { cursor, _ in list.append(try value(&cursor)) }
      lists.append(list)
    }
    return flat.isEmpty ? lists : lists + [flat]
  }

  /// A text, or a chat message with one.
  private static func message(_ cursor: inout JSONCursor) throws -> String {
    guard cursor.kind() == .object else { return try cursor.string() }
    var content: String?
    try cursor.object { cursor, name in
      if case "content" = name { content = try cursor.optionalString() } else { try cursor.skip() }
    }
    guard let content else { throw UnacceptableData.missing("content", expected: "the message's text") }
    return content
  }
}
