import Traces

/// Hugging Face's search-and-learn: N completions a problem with one list of step scores each.
///
/// The files do not say how their reward model cut the completions into steps: see `StepRule`. A line is cut by the
/// rule that most lines of the file's beginning agree with; lines that only agree with others end the reading.
struct SearchAndLearnReader: LineReader {
  static let name = "search-and-learn"
  static let summary = "search-and-learn's result files: completions with lists of step scores"
  static let signatures = [Signature("problem", "completions[]", "scores[]")]
  static let conventions = StepRule.allCases.map(\.words)

  private let context: ReadingContext
  private let column: ScoreColumn
  private let preference: [StepRule]
  private let sampling: Recording.Sampling

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    column = context.column(context.scorer())
    var votes = [Int](repeating: 0, count: StepRule.allCases.count)
    var hasOpenEnds = false
    for line in sample {
      // A line that cannot be read says nothing about the rule; it is refused when its turn comes.
      guard let row = try? SearchAndLearnRow(line, column: column) else { continue }
      hasOpenEnds = hasOpenEnds || row.completions.contains(where: Self.isUnfinished)
      let rules = StepRuleChoice(row).exact
      for rule in StepRule.allCases where rules & rule.bit != 0 { votes[rule.rawValue] += 1 }
    }
    preference = StepRule.allCases.sorted { votes[$0.rawValue] > votes[$1.rawValue] }
    sampling = context.options.sampling ?? (hasOpenEnds ? .search : .independent)
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let row = try SearchAndLearnRow(line, column: column)
    let choice = StepRuleChoice(row)
    let rules = try choice.rules(preference: preference)
    let rule = preference.first { rules & $0.bit != 0 } ?? .paragraphs
    let record = TraceRecord(
      problem: try context.completed(try problem(of: row), field: "answer"),
      recording: Recording(name: "", delimiter: rule.delimiter, sampling: sampling),
      columns: [column], rollouts: row.completions.indices.map { rollout(row, $0, rule) },
      predictions: row.predictions, line: line.number)
    return ParsedLine(records: [record], conventions: rules)
  }

  private func problem(of row: SearchAndLearnRow) throws -> Problem {
    var problem = row.problem
    if problem.key.isEmpty, let statement = problem.statement {
      problem.key = context.options.problems?.problem(stating: statement)?.key ?? ""
    }
    guard !problem.key.isEmpty else {
      throw UnacceptableData.missing(
        "unique_id", expected: "the problem's name",
        remedy: "add it, or give a file with the same statement and its id with --problems FILE")
    }
    return problem
  }

  private func rollout(_ row: SearchAndLearnRow, _ index: Int, _ rule: StepRule) -> RolloutRecord {
    var text = row.completions[index]
    let scores = row.scores[index]
    let ends = text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      return rule.ends(of: bytes, steps: scores.isEmpty ? StepCounts(bytes)[rule] : scores.count)
    }
    return RolloutRecord(
      text: text, stepEnds: ends, totalTokens: row.tokens(index), finish: Self.isUnfinished(text) ? .open : .stop,
      scores: [scores])
  }

  /// A completion that stopped at the blank line between two steps, as the siblings in a tree search do.
  private static func isUnfinished(_ text: String) -> Bool {
    text.utf8.last == 0x0a && text.hasSuffix("\n\n") && !text.contains(#"\boxed"#)
  }
}
