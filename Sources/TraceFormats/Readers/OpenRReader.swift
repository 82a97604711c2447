import Traces

/// OpenR's and compute-optimal-tts' search records: completions with step values, a folder a question.
///
/// The problem is named after its folder (`question_<i>/record_<j>.jsonl`) where the file lies in one, else after its
/// statement. Steps are cut by the rule that agrees with the values in number, as for search-and-learn.
struct OpenRReader: LineReader {
  static let name = "openr"
  static let summary = "OpenR's and compute-optimal-tts' records, a folder a question"
  static let signatures = [Signature("question", "groundtruth", "output[]")]
  static let conventions = StepRule.allCases.map(\.words)

  private let context: ReadingContext
  private let column: ScoreColumn
  private let preference: [StepRule]

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    let column = context.column(context.scorer())
    self.column = column
    preference = StepRuleChoice.preference(
      among: sample.compactMap { line in
        guard let row = try? OpenRRow(line, column) else { return nil }
        return StepRuleChoice(texts: row.outputs.map(\.text), scores: row.outputs.map(\.values))
      })
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let row = try OpenRRow(line, column)
    let choice = StepRuleChoice(texts: row.outputs.map(\.text), scores: row.outputs.map(\.values))
    let rules = try UnacceptableData.under("output") { try choice.rules(preference: preference) }
    let rule = preference.first { rules & $0.bit != 0 } ?? .paragraphs
    let rollouts = row.outputs.enumerated().map { index, output in
      RolloutRecord(
        text: output.text, stepEnds: choice.ends(index, rule), totalTokens: output.tokens, scores: [output.values])
    }
    let name = name(row.statement)
    let problem = Problem(key: name.key, statement: row.statement, answer: row.answer)
    var recording = context.recording(
      delimiter: rule.delimiter, sampling: row.isTreeSearch ? .search : .independent)
    if isInQuestionFolder { recording.name = context.folder(above: 1) ?? Self.name }
    let record = TraceRecord(
      problem: try context.completed(problem, field: "groundtruth"),
      provisionalName: name.provisional, recording: recording, columns: [column],
      rollouts: rollouts, predictions: row.predictions, line: line.number)
    return ParsedLine(records: [record], conventions: rules)
  }

  private var isInQuestionFolder: Bool { context.folder()?.hasPrefix("question_") == true }

  private func name(_ statement: String) -> ProblemName {
    let folder = isInQuestionFolder ? context.folder() : nil
    return context.name(number: folder, within: context.folder(above: 1), statement: statement)
      ?? context.name(forStatement: statement)
  }
}

/// One record of OpenR as it is written.
private struct OpenRRow {
  struct Output {
    var text = ""
    var values: [Double] = []
    var tokens: Int?
    var answer: String?
    var hasTreeTokens = false
  }

  private(set) var statement = ""
  private(set) var answer: String?
  private(set) var outputs: [Output] = []
  private(set) var predictions: [String: String] = [:]

  /// Tree searches count the tokens of the whole tree, too.
  var isTreeSearch: Bool { outputs.contains(where: \.hasTreeTokens) }

  init(_ line: TextLine, _ column: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var hasStatement = false
    try cursor.object { cursor, name in
      switch name {
      case "question":
        statement = try cursor.string()
        hasStatement = true
      case "groundtruth": answer = try cursor.label()
      case "result": try readResult(&cursor)
      case "output": try cursor.array { cursor, _ in outputs.append(try Self.output(&cursor, column)) }
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard hasStatement else { throw UnacceptableData.missing("question", expected: "the problem's statement") }
    guard !outputs.isEmpty else {
      throw UnacceptableData(field: "output", found: "no completions", expected: "at least one")
    }
    for (index, output) in outputs.enumerated() {
      if let answer = output.answer { predictions["extracted_answer[\(index)]"] = answer }
    }
  }

  private mutating func readResult(_ cursor: inout JSONCursor) throws {
    guard cursor.kind() == .object else { return try cursor.skip() }
    try cursor.object { cursor, name in predictions[name.text] = try cursor.rawValue() }
  }

  private static func output(_ cursor: inout JSONCursor, _ column: ScoreColumn) throws -> Output {
    var output = Output()
    var hasText = false
    try cursor.object { cursor, name in
      switch name {
      case "text":
        output.text = try cursor.string()
        hasText = true
      case "value": output.values = try values(&cursor, column)
      case "completion_tokens": output.tokens = try cursor.optionalInteger().flatMap { $0 >= 0 ? $0 : nil }
      case "tree_completion_tokens": output.hasTreeTokens = try !cursor.takeNull() && cursor.integer() > 0
      case "extracted_answer": output.answer = try cursor.label()
      default: try cursor.skip()
      }
    }
    guard hasText else { throw UnacceptableData.missing("text", expected: "the completion's text") }
    return output
  }

  /// A list of values; -1.0, alone or as the only value, stands for an empty list.
  private static func values(_ cursor: inout JSONCursor, _ column: ScoreColumn) throws -> [Double] {
    if try cursor.takeNull() { return [] }
    var again = cursor
    if again.kind() == .number, try again.double() == -1 {
      cursor = again
      return []
    }
    again = cursor
    if again.kind() == .array, try again.doubles() == [-1] {
      cursor = again
      return []
    }
    return try cursor.scores(column)
  }
}
