import Traces

/// Hugging Face's search-and-learn: N completions a problem with one list of step scores each.
///
/// The files do not say how their reward model cut the completions into steps: see `StepRule`. A line is cut by the
/// rule that most lines of the file's beginning agree with; lines that only agree with others end the reading.
struct SearchAndLearnReader: LineReader {
  static let name = "search-and-learn"
  static let summary = "search-and-learn's result files: completions with lists of step scores"
  static let recordsAreWholeSamples = true
  static let signatures = [Signature("problem", "completions[]", "scores[]")]
  static let conventions = StepRule.allCases.map(\.words)

  private let context: ReadingContext
  private let column: ScoreColumn
  private let preference: [StepRule]
  private let followed: StepRule?
  private let sampling: Recording.Sampling

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    let column = context.column(context.scorer())
    self.column = column
    // A line that cannot be read says nothing about the rule; it is refused when its turn comes.
    let rows = sample.compactMap { try? SearchAndLearnRow($0, column: column) }
    let choices = rows.map { StepRuleChoice(breaks: $0.breaks, scores: $0.scores.map(\.count)) }
    preference = StepRuleChoice.preference(among: choices)
    followed = StepRuleChoice.followed(among: choices, in: preference)
    sampling = context.options.sampling ?? (Self.isTreeSearch(rows) ? .search : .independent)
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let row = try SearchAndLearnRow(line, column: column)
    let choice = StepRuleChoice(breaks: row.breaks, scores: row.scores.map(\.count))
    let rules = try UnacceptableData.under("scores") { try choice.rules(followed: followed) }
    let rule = preference.first { rules & $0.bit != 0 } ?? .paragraphs
    let ends = choice.ends(by: rule)
    let record = TraceRecord(
      problem: try context.completed(problem(of: row), field: "answer"),
      recording: Recording(name: "", delimiter: rule.delimiter, sampling: sampling),
      columns: [column], rollouts: row.completions.indices.map { rollout(row, $0, ends[$0]) },
      predictions: row.predictions, line: line.number)
    return ParsedLine(records: [record], conventions: rules)
  }

  private func problem(of row: SearchAndLearnRow) throws -> Problem {
    var problem = row.problem
    if problem.key.isEmpty, let statement = problem.statement {
      problem.key = context.options.problems?.problem(stating: statement, answer: problem.answer)?.key ?? ""
    }
    guard !problem.key.isEmpty else {
      throw UnacceptableData.missing(
        "unique_id", expected: "the problem's name",
        remedy: "add it, or give a file with the same statement and its id with --problems FILE")
    }
    return problem
  }

  private func rollout(_ row: SearchAndLearnRow, _ index: Int, _ ends: SharedNumbers<Int32>) -> RolloutRecord {
    let text = row.completions[index]
    return RolloutRecord(
      content: text, ends: ends, totalTokens: row.tokens(index), finish: Self.isUnfinished(text) ? .open : .stop,
      scoreLists: ScoreLists(row.scores[index]))
  }

  /// Whether the completions are a tree search's: the last level of one, many of which stopped at a blank line (a few say
  /// nothing, since a length limit can fall there, too), or the beams of a beam search, which are repeated in turn until
  /// there are as many as were asked for.
  private static func isTreeSearch(_ rows: [SearchAndLearnRow]) -> Bool {
    guard rows.count >= 8 else { return false }
    let completions = rows.reduce(0) { $0 + $1.completions.count }
    let unfinished = rows.reduce(0) { $0 + $1.completions.count { isUnfinished($0) } }
    if unfinished * 4 >= completions { return true }
    let periods = rows.map { period(of: $0.completions) }
    let repeating = zip(rows, periods).count { $0.completions.count > $1 }
    // Equal completions only are what any sampler gives without a temperature.
    return repeating * 4 >= rows.count && zip(rows, periods).contains { $0.completions.count > $1 && $1 > 1 }
  }

  /// After how many completions they begin anew, all that follow being repetitions; their number where they do not.
  private static func period(of completions: [SharedText]) -> Int {
    let texts = completions.map { $0.block[$0.range] }
    return texts.indices.dropFirst().first { start in
      texts.indices.dropFirst(start).allSatisfy { texts[$0] == texts[$0 - start] }
    } ?? texts.count
  }

  /// A completion that stopped at the blank line between two steps, as the siblings in a tree search do.
  private static func isUnfinished(_ text: SharedText) -> Bool {
    let endsWithBlankLine = text.withUTF8 { $0.count > 1 && $0[$0.count - 1] == 0x0a && $0[$0.count - 2] == 0x0a }
    return endsWithBlankLine && !text.string.contains(#"\boxed"#)
  }
}
