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
  /// The folder of the file where it is one question's.
  private let questionFolder: String?
  /// The folder above, which names the recording.
  private let runFolder: String?

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    let column = context.column(context.scorer())
    self.column = column
    questionFolder = context.folder().flatMap { $0.hasPrefix("question_") ? $0 : nil }
    runFolder = context.folder(above: 1)
    preference = StepRuleChoice.preference(
      among: sample.compactMap { line in
        guard let row = try? OpenRRow(line, column) else { return nil }
        return StepRuleChoice(row)
      })
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let row = try OpenRRow(line, column)
    let choice = StepRuleChoice(row)
    let rules = try UnacceptableData.under("output") { try choice.rules(preference: preference) }
    let rule = preference.first { rules & $0.bit != 0 } ?? .paragraphs
    let rollouts = zip(row.outputs, choice.ends(by: rule)).map { output, ends in
      var rollout = RolloutRecord(
        content: SharedText(output.text), ends: ends, totalTokens: output.tokens,
        scoreLists: ScoreLists(SharedNumbers(output.values)))
      rollout.tokens = output.tokens(ofSteps: ends.count)
      return rollout
    }
    let name = name(row.statement)
    let problem = Problem(key: name.key, statement: row.statement, answer: row.answer)
    var recording = context.recording(
      delimiter: rule.delimiter, sampling: row.isTreeSearch ? .search : .independent)
    if questionFolder != nil { recording.name = runFolder ?? Self.name }
    let record = TraceRecord(
      problem: try context.completed(problem, field: "groundtruth"),
      provisionalName: name.provisional, recording: recording, columns: [column],
      rollouts: rollouts, predictions: row.predictions, line: line.number)
    return ParsedLine(records: [record], conventions: rules)
  }

  private func name(_ statement: String) -> ProblemName {
    context.name(number: questionFolder, within: runFolder, statement: statement)
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
    /// Its number among the record's paths.
    var path: Int?
    /// Tokens of the search's own steps.
    var tokenHistory: [Int32] = []

    /// The tokens of each step, where the search's steps are those of the text: as many, and as many tokens in all.
    func tokens(ofSteps count: Int) -> [Int32] {
      let sum = tokenHistory.reduce(0) { $0 + Int($1) }
      return tokenHistory.count == count && sum == tokens ? tokenHistory : []
    }
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
    var hasResult = false
    try cursor.object { cursor, name in
      switch name {
      case "question":
        statement = try cursor.string()
        hasStatement = true
      case "groundtruth": answer = try cursor.label()
      case "result":
        try readResult(&cursor)
        hasResult = true
      case "output": try cursor.array { cursor, _ in outputs.append(try Self.output(&cursor, column)) }
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard hasStatement else { throw UnacceptableData.missing("question", expected: "the problem's statement") }
    guard hasResult else { throw UnacceptableData.missing("result", expected: "an object of the search's results") }
    guard !outputs.isEmpty else {
      throw UnacceptableData(field: "output", found: "no completions", expected: "at least one")
    }
    try RepeatedRecords.checkNumbers(outputs.map(\.path), list: "output", key: "path_idx")
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
    var missing = Self.outputKeys
    try cursor.object { cursor, name in
      missing.removeAll { name.equals($0) }
      switch name {
      case "text": output.text = try cursor.string()
      case "value": output.values = try values(&cursor, column)
      case "completion_tokens": output.tokens = try cursor.knownCount()
      case "path_idx": output.path = try cursor.optionalInteger()
      case "token_history": output.tokenHistory = try tokenHistory(&cursor)
      case "tree_completion_tokens": output.hasTreeTokens = try !cursor.takeNull() && cursor.integer() > 0
      case "extracted_answer": output.answer = try cursor.label()
      default: try cursor.skip()
      }
    }
    if let key = missing.first { throw UnacceptableData.missing(key, expected: "the keys of a completion") }
    return output
  }

  /// A list of natural numbers; any other is passed over, since nothing depends on it.
  private static func tokenHistory(_ cursor: inout JSONCursor) throws -> [Int32] {
    guard cursor.kind() == .array else {
      try cursor.skip()
      return []
    }
    var tokens: [Int32?] = []
    try cursor.array { cursor, _ in
      guard cursor.kind() == .number else {
        try cursor.skip()
        return tokens.append(nil)
      }
      tokens.append(Int32(exactly: try cursor.double()).flatMap { $0 >= 0 ? $0 : nil })
    }
    let known = tokens.compactMap { $0 }
    return known.count == tokens.count ? known : []
  }
  /// What every completion has.
  private static let outputKeys = ["text", "value", "completion_tokens", "path_idx"]

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

extension StepRuleChoice {
  fileprivate init(_ row: OpenRRow) {
    self.init(
      breaks: LineBreaks(of: row.outputs.map { SharedText($0.text) }), scores: row.outputs.map(\.values.count),
      emptyIsUnscored: true)
  }
}
