import Traces

/// OpenR's and compute-optimal-tts' records: completions with step values, a folder a question.
///
/// The problem is named after its folder (`question_<i>/record_<j>.jsonl`) where the file lies in one, else after its
/// statement. Steps are cut by the rule that agrees with the values in number: see `OpenRStepRule`.
struct OpenRReader: LineReader {
  static let name = "openr"
  static let summary = "OpenR's and compute-optimal-tts' records, a folder a question"
  static let signatures = [Signature("question", "groundtruth", "output[]")]
  static let otherKeys = ["result"]
  static let conventions = OpenRStepRule.all.map(\.words)

  /// Two records of a question may be the same texts drawn twice.
  static func problemName(inNameOf file: InputFile) -> String? {
    let folder = ReadingContext(file: file.name, options: ReadingOptions()).folder() ?? ""
    return folder.hasPrefix("question_") && file.stem.hasPrefix("record_") ? "\(folder)/\(file.stem)" : nil
  }

  private let context: ReadingContext
  private let column: ScoreColumn
  private let preference: [OpenRStepRule]
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
    preference = OpenRStepRule.preference(among: sample.compactMap { try? OpenRRow($0, column).steps })
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let row = try OpenRRow(line, column)
    let steps = row.steps
    let rules = try UnacceptableData.under("output") { try steps.rules() }
    let rule = preference.first { rules & $0.bit != 0 } ?? .filledParagraphs
    let rollouts = zip(row.outputs, steps.cut(by: rule)).map { output, cut in
      var rollout = RolloutRecord(
        content: cut.text, ends: cut.ends, scoreLists: ScoreLists(SharedNumbers(output.values)))
      (rollout.tokens, rollout.totalTokens) = row.tokens(of: output, steps: cut.ends.count)
      return rollout
    }
    let name = name(row.statement)
    let problem = Problem(key: name.key, statement: row.statement, answer: row.answer)
    var recording = context.recording(
      delimiter: rule.delimiter, sampling: row.isOfSearch(runFolder: runFolder) ? .search : .independent)
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
