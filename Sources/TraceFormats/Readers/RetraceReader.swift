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
    var problem: Problem?
    var header = RetraceHeader()
    var rollouts: JSONCursor?
    var content = RetraceRollouts(context: context)
    try cursor.object { cursor, key in
      switch key {
      case "problem": problem = try RetraceProblem.read(&cursor)
      case "recording": header = try RetraceHeader(&cursor)
      case "rollouts":
        // The delimiter and the scales may stand after the rollouts: they are read last.
        rollouts = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard let problem else { throw UnacceptableData.missing("problem", expected: "the problem's id and answer") }
    guard var rollouts else { throw UnacceptableData.missing("rollouts", expected: "a list of rollouts") }
    content.header = header
    try UnacceptableData.under("rollouts") { try content.read(&rollouts) }
    let record = TraceRecord(
      problem: try context.completed(problem, field: "problem.answer"), recording: header.recording(context),
      columns: content.columns, rollouts: content.rollouts, line: line.number)
    return ParsedLine(records: [record])
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
