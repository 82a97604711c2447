import Traces

/// Our own format, for people who write their own files: JSON lines with steps, their scores and trees by `parent`.
struct RetraceReader: LineReader {
  static let name = "retrace"
  static let summary = "Retrace's own JSON lines: steps with scores, trees by `parent`"
  static let signatures = [Signature("problem{}", "rollouts[]")]

  /// The delimiter where a file names none: steps are paragraphs.
  static let defaultDelimiter = "\n\n"

  let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var stated: RetraceProblem?
    var header: RetraceHeader?
    var postponed: JSONCursor?
    var content: RetraceRollouts?
    var predictions: [String: String] = [:]
    var part: Int?
    try cursor.object { cursor, key in
      switch key {
      case "problem": stated = try RetraceProblem(&cursor)
      case "recording": header = try RetraceHeader(&cursor)
      case "predictions": predictions = try Self.predictions(&cursor)
      case "part": part = try cursor.takeNull() ? nil : cursor.naturalNumber()
      case "rollouts":
        // The delimiter and the scales may stand after the rollouts, which then are read last.
        guard let header else {
          postponed = cursor
          return try cursor.skip()
        }
        content = try RetraceRollouts(&cursor, header, context)
      default: try cursor.skip()
      }
    }
    try cursor.end()
    let known = header ?? RetraceHeader()
    if var postponed {
      content = try UnacceptableData.under("rollouts") { try RetraceRollouts(&postponed, known, context) }
    }
    guard let stated else { throw UnacceptableData.missing("problem", expected: "the problem's id and answer") }
    guard let content else { throw UnacceptableData.missing("rollouts", expected: "a list of rollouts") }
    var record = try self.record(of: stated, known, content, line)
    record.predictions = predictions
    record.part = part ?? 0
    return ParsedLine(records: [record])
  }

  private func record(
    of stated: RetraceProblem, _ header: RetraceHeader, _ content: RetraceRollouts, _ line: TextLine
  ) throws -> TraceRecord {
    let name = stated.name(context)
    var problem = stated.problem
    problem.key = name.key
    var record = TraceRecord(
      problem: try context.completed(problem, field: "problem.answer"), provisionalName: name.provisional,
      recording: header.recording(context), columns: content.columns, rollouts: content.rollouts, line: line.number)
    header.describe(&record)
    return record
  }

  private static func predictions(_ cursor: inout JSONCursor) throws -> [String: String] {
    var predictions: [String: String] = [:]
    if try cursor.takeNull() { return predictions }
    try cursor.object { cursor, key in
      // The dictionary would take one name for the other.
      guard predictions[key.text] == nil else {
        throw cursor.failure(
          found: "a name that differs from another one in its Unicode normalization only",
          expected: "names that no program can mistake for each other")
      }
      predictions[key.text] = try cursor.label()
    }
    return predictions
  }

  func problemKey(ofUnreadable line: TextLine) -> String? {
    var cursor = JSONCursor(line.bytes)
    var key: String?
    try? cursor.object { cursor, name in
      if case "problem" = name { key = try RetraceProblem.read(&cursor).key } else { try cursor.skip() }
    }
    return key
  }
}

extension UnacceptableData {
  /// A key that a record must have and has not.
  static func missing(_ key: String, expected: String, remedy: String? = nil) -> UnacceptableData {
    UnacceptableData(field: key, found: "no such key", expected: expected, remedy: remedy)
  }
}
