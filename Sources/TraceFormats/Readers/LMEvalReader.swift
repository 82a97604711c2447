import Traces

/// lm-evaluation-harness' `samples_*.jsonl`.
///
/// A task with several answer filters logs every document once a filter, with the same responses: only the lines of
/// the file's first filter are read.
struct LMEvalReader: LineReader {
  static let name = "lm-eval"
  static let summary = "lm-evaluation-harness' logged samples"
  static let signatures = [Signature("doc_id", "doc", "target", "resps[]")]

  private let context: ReadingContext
  private let filter: String?
  /// The task that the file's name gives, within which documents are numbered.
  private let task: String?

  init(context: ReadingContext, sample: [TextLine]) {
    self.context = context
    task = Self.task(of: context.file)
    filter = sample.first.flatMap { try? LMEvalRow($0) }?.filter
  }

  /// The task of `samples_<task>_<date>.jsonl`.
  static func task(of file: String) -> String? {
    let stem = InputFile(file).stem
    guard stem.hasPrefix("samples_") else { return nil }
    var words = stem.split(separator: "_", omittingEmptySubsequences: false).dropFirst()
    if let last = words.last, words.count > 1, last.prefix(4).allSatisfy(\.isNumber), last.count >= 4 {
      words.removeLast()
    }
    let task = words.joined(separator: "_")
    return task.isEmpty ? nil : task
  }

  func read(_ line: TextLine) throws -> ParsedLine {
    let row = try LMEvalRow(line)
    guard row.filter.isSameText(as: filter) else { return ParsedLine(records: []) }
    var rollouts = row.responses.map { RolloutRecord(wholeText: $0) }
    if rollouts.count == 1 { rollouts[0].sourceVerdict = row.verdict }
    var predictions: [String: String] = [:]
    for (index, text) in row.filtered.enumerated() { predictions["filtered_resps[\(index)]"] = text }
    var problem = row.problem
    let name =
      row.hasOwnKey
      ? nil
      : context.name(number: problem.key, within: task, statement: problem.statement, answer: problem.answer)
    problem.key = name?.key ?? problem.key
    let record = TraceRecord(
      problem: try context.completed(problem, field: "target"), provisionalName: name?.provisional,
      recording: context.recording(delimiter: "\n\n"),
      rollouts: rollouts, predictions: predictions, line: line.number)
    return ParsedLine(records: [record])
  }
}

/// One logged sample as it is written.
private struct LMEvalRow {
  private(set) var problem = Problem(key: "")
  private(set) var responses: [String] = []
  private(set) var filtered: [String] = []
  private(set) var filter: String?
  private(set) var verdict: Bool?
  private var documentKey: String?

  /// Whether the document has an id of its own, not only its number.
  var hasOwnKey: Bool { documentKey != nil }

  init(_ line: TextLine) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var number: String?
    try cursor.object { cursor, name in
      switch name {
      case "doc_id": number = try cursor.label()
      case "doc": try readDocument(&cursor)
      case "target": problem.answer = try Self.gold(&cursor)
      case "resps": try Self.collect(&cursor, into: &responses)
      case "filtered_resps": try Self.collect(&cursor, into: &filtered)
      case "filter": filter = try cursor.label()
      case "exact_match": verdict = try Self.verdict(&cursor)
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard let key = documentKey ?? number else {
      throw UnacceptableData.missing("doc_id", expected: "the document's number")
    }
    problem.key = key
    guard !responses.isEmpty else {
      throw UnacceptableData(field: "resps", found: "no responses", expected: "at least one generated text")
    }
  }

  private mutating func readDocument(_ cursor: inout JSONCursor) throws {
    guard cursor.kind() == .object else { return try cursor.skip() }
    try cursor.object { cursor, name in
      switch name {
      case "unique_id", "id": documentKey = try cursor.label()
      case "problem", "question", "Question": problem.statement = try cursor.label()
      case "subject", "type": problem.subject = try cursor.label()
      case "level": problem.level = try cursor.label()
      default: try cursor.skip()
      }
    }
  }

  /// The target, or the answer in it: GSM8K's targets are whole solutions.
  private static func gold(_ cursor: inout JSONCursor) throws -> String? {
    guard cursor.kind() != .array, cursor.kind() != .object else {
      try cursor.skip()
      return nil
    }
    return try cursor.label().map(StatedAnswer.gold)
  }

  /// Texts in lists of any nesting: `[[a, b]]` for repeats of one request, `[[a], [b]]` for several requests.
  private static func collect(_ cursor: inout JSONCursor, into texts: inout [String], depth: Int = 0) throws {
    switch cursor.kind() {
    case .array:
      var list = cursor
      let first = texts.count
      try cursor.array { cursor, _ in try collect(&cursor, into: &texts, depth: depth + 1) }
      if depth > 1, isLogLikelihood(texts[first...]) { throw list.mismatch(expected: Self.expectedText) }
    case .string: texts.append(try cursor.string())
    default: throw cursor.mismatch(expected: Self.expectedText)
    }
  }

  private static let expectedText = "generated text (log-likelihood tasks have none)"

  /// A request's logarithm and whether its text is the likeliest, which the writer turns into texts: a list of its own
  /// where a generated text is none.
  private static func isLogLikelihood(_ response: ArraySlice<String>) -> Bool {
    guard response.count == 2, let number = response.first, let isGreedy = response.last else { return false }
    return Double(number) != nil && ["True", "False"].contains { $0.isSameText(as: isGreedy) }
  }

  private static func verdict(_ cursor: inout JSONCursor) throws -> Bool? {
    switch cursor.kind() {
    case .boolean: return try cursor.boolean()
    case .number: return try cursor.double() > 0.5
    default:
      try cursor.skip()
      return nil
    }
  }
}
