import Traces

/// Reads the file beside the rollouts that holds statements and gold answers: JSON lines, one problem each.
///
/// Takes the keys that the field's data sets use: `unique_id`, `id`, `problem_id`, `question_id`, `idx`; `problem`,
/// `statement`, `question`, `prompt`; `answer`, `gold`, `gt`, `groundtruth`, `ground_truth_answer`, `expected_answer`;
/// `subject`, `level`, `difficulty`, `dataset`. A line of the `retrace` format, whose `problem` is an object, will do.
public enum ProblemFile {
  /// Reads a whole file.
  ///
  /// - Throws: `UnacceptableData` for lines without an id or an answer, and for one id with different statements or
  ///   answers.
  public static func read(_ input: InputFile, options: ReadingOptions = ReadingOptions()) throws -> ProblemTable {
    var table = ProblemTable()
    var lines: [ExactText: Int] = [:]
    let reading = RowReading<(problem: Problem, line: Int)>(options: options) { (try problem($0), $0.number) }
    _ = try reading.read(input.open(), named: input.name) { rows in
      for row in rows {
        if let known = table[row.problem.key], let line = lines[ExactText(row.problem.key)],
          let contradiction = contradiction(of: row.problem, with: known, on: line)
        {
          throw contradiction.located(file: input.name, line: row.line)
        }
        lines[ExactText(row.problem.key)] = row.line
        table.add(row.problem)
      }
    }
    return table
  }

  private static func contradiction(of problem: Problem, with known: Problem, on line: Int) -> UnacceptableData? {
    let hasSameStatement = Problem.areSameStatements(problem.statement, known.statement)
    let part = hasSameStatement ? "answer" : "statement"
    let (new, old) =
      hasSameStatement ? (problem.answer, known.answer) : (problem.statement, known.statement)
    guard !hasSameStatement || Problem.normal(new ?? "") != Problem.normal(old ?? "") else { return nil }
    func shown(_ text: String?) -> String { text.map { "\"\(JSONCursor.shortened($0))\"" } ?? "nothing" }
    return UnacceptableData(
      field: part, found: "problem \(problem.key) again with another \(part), \(shown(new))",
      expected: "\(shown(old)), as on line \(line)",
      remedy: "remove one of the two lines, or give different problems different ids")
  }

  private static func problem(_ line: TextLine) throws -> Problem {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var found: [String: String] = [:]
    var nested: Problem?
    try cursor.object { cursor, key in
      if case "problem" = key, cursor.kind() == .object {
        nested = try RetraceProblem.read(&cursor)
      } else if let meaning = meaning(of: key.text), cursor.kind() != .array, cursor.kind() != .object {
        if let value = try cursor.label(), found[meaning] == nil { found[meaning] = value }
      } else {
        try cursor.skip()
      }
    }
    try cursor.end()
    if let nested, nested.answer != nil { return nested }
    guard let key = found["key"] else {
      throw UnacceptableData.missing("unique_id", expected: "the problem's id (`unique_id` or `id`)")
    }
    guard let answer = found["answer"] else { throw UnacceptableData.missing("answer", expected: "the gold answer") }
    return Problem(
      key: key, dataset: found["dataset"], statement: found["statement"], answer: answer, subject: found["subject"],
      level: found["level"])
  }

  private static func meaning(of key: String) -> String? {
    switch key {
    case "unique_id", "id", "problem_id", "question_id", "idx": "key"
    case "problem", "statement", "question", "prompt": "statement"
    case "answer", "gold", "gt", "groundtruth", "ground_truth_answer", "expected_answer": "answer"
    case "subject", "type": "subject"
    case "level", "difficulty": "level"
    case "dataset": "dataset"
    default: nil
    }
  }
}
