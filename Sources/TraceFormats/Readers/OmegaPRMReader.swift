import Traces

/// OpenR's OmegaPRM trees: nested reasoning steps with Monte-Carlo values.
struct OmegaPRMReader: LineReader {
  static let name = "omegaprm-tree"
  static let summary = "OpenR's OmegaPRM trees with Monte-Carlo values"
  static let signatures = [Signature("question", "final_answer", "reasoning_steps")]
  static let parentsAreWithinRecord = true
  static let delimiter = "\n\n"

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    let column = context.column(context.scorer("mc_value"))
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var problem = Problem(key: "")
    var key: String?
    var steps: JSONCursor?
    try cursor.object { cursor, name in
      switch name {
      case "question": problem.statement = try cursor.string()
      case "final_answer": problem.answer = try cursor.label()
      case "question_id": key = try cursor.label()
      case "reasoning_steps":
        steps = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard let statement = problem.statement else {
      throw UnacceptableData.missing("question", expected: "the problem's statement")
    }
    guard var steps else { throw UnacceptableData.missing("reasoning_steps", expected: "nested steps") }
    let name = context.name(number: key, statement: statement) ?? context.name(forStatement: statement)
    problem.key = name.key
    var reader = OmegaPRMTree(statement: statement, column: column)
    try UnacceptableData.under("reasoning_steps") { try reader.readRoots(&steps) }
    guard reader.tree.count > 0 else {
      throw UnacceptableData(field: "reasoning_steps", found: "no steps", expected: "at least one step")
    }
    let record = TraceRecord(
      problem: try context.completed(problem, field: "final_answer"),
      provisionalName: name.provisional, recording: context.recording(delimiter: Self.delimiter, sampling: .search),
      columns: [column],
      rollouts: reader.tree.rollouts(delimiter: Self.delimiter), line: line.number)
    return ParsedLine(records: [record])
  }
}

/// Collects the nested steps of one tree.
private struct OmegaPRMTree {
  let statement: String
  let column: ScoreColumn
  private(set) var tree = SegmentTree()

  init(statement: String, column: ScoreColumn) {
    self.statement = statement
    self.column = column
  }

  /// The outermost step, or a list of them.
  mutating func readRoots(_ cursor: inout JSONCursor) throws {
    guard cursor.kind() == .array else { return try readStep(&cursor, parent: -1) }
    try cursor.array { cursor, _ in try readStep(&cursor, parent: -1) }
  }

  private mutating func readStep(_ cursor: inout JSONCursor, parent: Int) throws {
    var text: String?
    var value: Double?
    var children: JSONCursor?
    try cursor.object { cursor, name in
      switch name {
      case "text": text = try cursor.string()
      case "mc_value": value = try cursor.takeNull() ? nil : cursor.score(column)
      case "children":
        children = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    guard let text else { throw UnacceptableData.missing("text", expected: "the step's text") }
    // A root that holds nothing or repeats the question is the prompt, not a step.
    let isPrompt = parent < 0 && (text.isEmpty || text == statement)
    let node =
      isPrompt
      ? -1
      : tree.add(
        SegmentTree.Node(
          parent: parent, text: text, scores: [value], finish: CompleteText.states(text) ? .stop : .open))
    guard var children, try !children.takeNull() else { return }
    try UnacceptableData.under("children") {
      try children.array { cursor, _ in try readStep(&cursor, parent: node) }
    }
  }
}

/// Whether a text says that it has come to its answer, for formats that do not record how a rollout ended.
enum CompleteText {
  private static let marks = [#"\boxed"#, "answer is", "Answer is", "# Answer"]

  /// Whether there is a boxed answer or one of the usual phrases.
  static func states(_ text: String) -> Bool { marks.contains { text.contains($0) } }
}
