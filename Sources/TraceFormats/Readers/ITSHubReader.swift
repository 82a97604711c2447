import Traces

/// its-hub's results of particle filtering and particle Gibbs: final particles with log weights.
///
/// The particles are resampled already, so equal ones are normal. The results do not name their problem: where a
/// record has no `unique_id`, `id` or `problem` of its own, line i belongs to problem i of `--problems FILE`.
struct ITSHubReader: LineReader {
  static let name = "its-hub"
  static let summary = "its-hub's particle filtering and particle Gibbs results"
  static let recordsAreWholeSamples = true
  static let signatures = [
    Signature("responses_lst[]", "log_weights_lst[]"), Signature("responses[]", "log_weights_lst[]"),
  ]

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    let column = context.column(context.scorer("log-weight"), scale: .logit)
    var row = ITSHubRow()
    try row.read(line, column)
    try row.check()
    var predictions: [String: String] = [:]
    if let selected = row.selected { predictions["selected_index"] = "\(selected)" }
    let (problem, provisional) = try problem(of: row, line: line.number)
    let record = TraceRecord(
      problem: try context.completed(problem, field: "answer"), provisionalName: provisional,
      recording: context.recording(delimiter: "\n\n", sampling: .search), columns: [column],
      rollouts: zip(row.responses.joined(), row.weights.joined()).map { RolloutRecord(wholeText: $0, scores: [[$1]]) },
      predictions: predictions, line: line.number)
    return ParsedLine(records: [record])
  }

  private func problem(of row: ITSHubRow, line: Int) throws -> (Problem, ProblemName?) {
    if let key = row.key { return (Problem(key: key, statement: row.statement, answer: row.answer), nil) }
    if let statement = row.statement {
      let name = context.name(forStatement: statement, answer: row.answer)
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
