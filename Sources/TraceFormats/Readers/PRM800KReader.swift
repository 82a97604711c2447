import Traces

/// OpenAI's PRM800K: rated alternatives at each step of one chosen path, as a tree.
///
/// Ratings (-1, 0, 1) are scores of the scorer `rating`. The chosen path is over when labelling ended with a solution;
/// alternatives that were not chosen are open.
struct PRM800KReader: LineReader {
  static let name = "prm800k"
  static let summary = "OpenAI's PRM800K: rated alternatives at each step"
  static let signatures = [Signature("question{}", "label{}", "label.steps")]
  static let parentsAreWithinRecord = true
  static let delimiter = "\n"

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    let column = context.column(context.scorer("rating"), scale: .unbounded)
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var statedProblem: (problem: Problem, name: ProblemName)?
    var path = PRM800KPath(column: column)
    try cursor.object { cursor, name in
      switch name {
      case "question": statedProblem = try question(&cursor)
      case "label": try path.readLabel(&cursor)
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard let (problem, name) = statedProblem else {
      throw UnacceptableData.missing("question", expected: "the problem and its answer")
    }
    guard path.hasSteps else { throw UnacceptableData.missing("label.steps", expected: "a list of steps") }
    // A labeller may have given up before the first step: the record then tells its problem only.
    let tree = path.finished()
    let record = TraceRecord(
      problem: try context.completed(problem, field: "question.ground_truth_answer"),
      provisionalName: name.provisional, recording: context.recording(delimiter: Self.delimiter, sampling: .search),
      columns: [column],
      rollouts: tree.rollouts(delimiter: Self.delimiter), line: line.number)
    return ParsedLine(records: [record])
  }

  private func question(_ cursor: inout JSONCursor) throws -> (Problem, ProblemName) {
    var statement: String?
    var answer: String?
    var solution: String?
    try cursor.object { cursor, name in
      switch name {
      case "problem": statement = try cursor.string()
      case "ground_truth_answer": answer = try cursor.label()
      case "ground_truth_solution": solution = try cursor.optionalString()
      default: try cursor.skip()
      }
    }
    guard let statement else { throw UnacceptableData.missing("problem", expected: "the problem's statement") }
    answer = answer ?? solution.flatMap(StatedAnswer.lastBoxed)
    let name = context.name(forStatement: statement, answer: answer)
    return (Problem(key: name.key, statement: statement, answer: answer), name)
  }
}

/// Collects the steps of one PRM800K label.
private struct PRM800KPath {
  private struct Completion {
    var text: String
    var rating: Double?
  }

  let column: ScoreColumn
  private var tree = SegmentTree()
  private var chosen = -1
  private var isOver = false
  private var finishReason: String?
  private(set) var hasSteps = false

  init(column: ScoreColumn) { self.column = column }

  mutating func readLabel(_ cursor: inout JSONCursor) throws {
    try cursor.object { cursor, name in
      switch name {
      case "steps":
        try cursor.array { cursor, _ in try readStep(&cursor) }
        hasSteps = true
      case "finish_reason": finishReason = try cursor.optionalString()
      default: try cursor.skip()
      }
    }
  }

  private mutating func readStep(_ cursor: inout JSONCursor) throws {
    var completions: [Completion] = []
    var choice: Int?
    var human: Completion?
    try cursor.object { cursor, name in
      switch name {
      case "completions":
        if try cursor.takeNull() { return }
        try cursor.array { cursor, _ in completions.append(try completion(&cursor)) }
      case "human_completion": human = try cursor.takeNull() ? nil : completion(&cursor)
      case "chosen_completion": choice = try cursor.takeNull() ? nil : cursor.naturalNumber()
      default: try cursor.skip()
      }
    }
    guard !isOver else {
      throw UnacceptableData(found: "a step after one without a choice", expected: "the end of the path")
    }
    if let choice, choice >= completions.count {
      throw UnacceptableData(
        field: "chosen_completion", found: "\(choice)", expected: "one of the \(completions.count) completions")
    }
    let parent = chosen
    let first = tree.count
    for item in completions + (human.map { [$0] } ?? []) {
      tree.add(SegmentTree.Node(parent: parent, text: item.text, scores: [item.rating]))
    }
    if let choice {
      chosen = first + choice
    } else if human != nil {
      chosen = first + completions.count
    } else {
      isOver = true
    }
  }

  private func completion(_ cursor: inout JSONCursor) throws -> Completion {
    if cursor.kind() == .string { return Completion(text: try cursor.string()) }
    var text: String?
    var rating: Double?
    try cursor.object { cursor, name in
      switch name {
      case "text": text = try cursor.string()
      case "rating": rating = try cursor.takeNull() ? nil : cursor.score(column)
      default: try cursor.skip()
      }
    }
    guard let text else { throw UnacceptableData.missing("text", expected: "the step's text") }
    return Completion(text: text, rating: rating)
  }

  mutating func finished() -> SegmentTree {
    if chosen >= 0, !isOver, finishReason == "solution" { tree.end(chosen, .stop) }
    return tree
  }
}
