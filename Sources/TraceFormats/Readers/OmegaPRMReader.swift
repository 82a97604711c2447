import Traces

/// OpenR's OmegaPRM trees: nested reasoning steps with Monte-Carlo values.
struct OmegaPRMReader: LineReader {
  static let name = "omegaprm-tree"
  static let summary = "OpenR's OmegaPRM trees with Monte-Carlo values"
  static let recordsAreWholeSamples = true
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
    // A root alone is what the program writes where none of its rollouts came right: the problem only.
    guard reader.hasRoot else {
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
  /// Whether there is an outermost step, be it only the prompt.
  private(set) var hasRoot = false

  init(statement: String, column: ScoreColumn) {
    self.statement = statement
    self.column = column
  }

  /// The outermost step, or a list of them.
  mutating func readRoots(_ cursor: inout JSONCursor) throws {
    guard cursor.kind() == .array else { return try readStep(&cursor, parent: -1, isRoot: true) }
    try cursor.array { cursor, _ in try readStep(&cursor, parent: -1, isRoot: true) }
  }

  private mutating func readStep(_ cursor: inout JSONCursor, parent: Int, isRoot: Bool = false) throws {
    var text: String?
    var value: Double??
    var node: Int?
    var postponed: JSONCursor?
    var isPrefix = false
    try cursor.object { cursor, name in
      switch name {
      case "text": text = try cursor.string()
      case "solution_prefix":
        isPrefix = true
        try cursor.skip()
      case "mc_value": value = .some(try cursor.takeNull() ? nil : cursor.score(column))
      case "children":
        // Where the step is known already its children are read in place: a deep tree is not walked twice.
        guard let text, let value else {
          postponed = cursor
          return try cursor.skip()
        }
        node = add(text, value, parent: parent, isRoot: isRoot)
        try readChildren(&cursor, of: node ?? -1)
      default: try cursor.skip()
      }
    }
    guard let text else {
      throw isPrefix ? Self.flatList() : UnacceptableData.missing("text", expected: "the step's text")
    }
    guard let value else { throw UnacceptableData.missing("mc_value", expected: "the step's value, or null") }
    guard node == nil else { return }
    guard var postponed else { throw UnacceptableData.missing("children", expected: "a list of steps, or null") }
    let late = add(text, value, parent: parent, isRoot: isRoot)
    try UnacceptableData.under("children") { try readChildren(&postponed, of: late) }
  }

  /// OpenR's preprocessing writes another shape under the same keys.
  private static func flatList() -> UnacceptableData {
    UnacceptableData(
      field: "solution_prefix", found: "a list of prefixes, each with all that precedes it",
      expected: "a tree: steps with `text`, `mc_value` and `children`",
      remedy: "ingest the trees that OpenR's OmegaPRM writes, of which its preprocessing makes such lists")
  }

  private mutating func readChildren(_ cursor: inout JSONCursor, of node: Int) throws {
    if try cursor.takeNull() { return }
    try cursor.array { cursor, _ in try readStep(&cursor, parent: node) }
  }

  /// Adds a step and gives its index, -1 for the prompt.
  ///
  /// A root that holds nothing or repeats the question is the prompt; below it an empty step is a step.
  private mutating func add(_ text: String, _ value: Double?, parent: Int, isRoot: Bool) -> Int {
    hasRoot = true
    if isRoot, text.isEmpty || text.isSameText(as: statement) { return -1 }
    return tree.add(
      SegmentTree.Node(parent: parent, text: text, scores: [value], finish: CompleteText.states(text) ? .stop : .open))
  }
}

/// Whether a text says that it has come to its answer, for formats that do not record how a rollout ended.
enum CompleteText {
  private static let marks = [#"\boxed"#, "answer is", "Answer is", "# Answer"]

  /// Whether there is a boxed answer or one of the usual phrases.
  static func states(_ text: String) -> Bool { marks.contains { text.contains($0) } }
}
