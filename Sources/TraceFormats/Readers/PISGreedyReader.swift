import Traces

/// The greedy baseline of the paper's repository: one response a problem at temperature 0.
struct PISGreedyReader: LineReader {
  static let name = "pis-greedy"
  static let summary = "probabilistic-inference-scaling's greedy responses"
  static let recordsAreWholeSamples = true
  static let signatures = [Signature("formatted_prompt", "greedy_response")]

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var key: String?
    var problem = Problem(key: "")
    var responses: [String] = []
    try cursor.object { cursor, name in
      switch name {
      case "unique_id": key = try cursor.label()
      case "problem": problem.statement = try cursor.optionalString()
      case "answer": problem.answer = try cursor.label()
      case "subject": problem.subject = try cursor.label()
      case "level": problem.level = try cursor.label()
      case "greedy_response": responses = cursor.kind() == .array ? try cursor.strings() : [try cursor.string()]
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard !responses.isEmpty else {
      throw UnacceptableData.missing("greedy_response", expected: "the response's text")
    }
    guard let name = key.map({ ProblemName($0) }) ?? problem.statement.map({ context.name(forStatement: $0) }) else {
      throw UnacceptableData.missing("unique_id", expected: "the problem's name")
    }
    problem.key = name.key
    var recording = context.recording(delimiter: "\n\n")
    recording.temperature = 0
    let record = TraceRecord(
      problem: try context.completed(problem, field: "answer"), provisionalName: name.provisional, recording: recording,
      rollouts: responses.map { RolloutRecord(wholeText: $0) }, line: line.number)
    return ParsedLine(records: [record])
  }
}
