import Traces

/// Qwen2.5-Math's evaluation output: N texts a problem with the evaluation's own answers, verdicts and rewards.
///
/// Answers are extracted from the texts as everywhere; those of the file are kept among the predictions (`pred[0]`
/// ...), its verdicts as the source's.
struct QwenEvalReader: LineReader {
  static let name = "qwen-eval"
  static let summary = "Qwen2.5-Math's evaluation output"
  static let recordsAreWholeSamples = true
  static let signatures = [Signature("question", "gt", "code[]")]
  static let otherKeys = ["pred[]", "score[]"]

  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    var row = QwenEvalRow()
    let column = context.column(context.scorer("reward"), scale: .unbounded)
    try row.read(line, column)
    var problem = row.problem
    guard row.key != nil,
      let name = context.name(number: row.key, statement: problem.statement, answer: problem.answer)
    else {
      throw UnacceptableData.missing("idx", expected: "the problem's number")
    }
    problem.key = name.key
    let rollouts = row.texts.indices.map { index in
      var rollout = RolloutRecord(wholeText: row.texts[index], scores: row.rewards.isEmpty ? [] : [row.rewards[index]])
      rollout.sourceVerdict = row.verdicts.isEmpty ? nil : row.verdicts[index]
      return rollout
    }
    let predictions = row.answers.enumerated().compactMap { index, answer in
      answer.map { ("pred[\(index)]", $0) }
    }
    let record = TraceRecord(
      problem: try context.completed(problem, field: "gt"), provisionalName: name.provisional,
      recording: context.recording(delimiter: "\n\n"),
      columns: row.rewards.isEmpty ? [] : [column], rollouts: rollouts,
      predictions: Dictionary(predictions) { first, _ in first }, line: line.number)
    return ParsedLine(records: [record])
  }
}

/// One line of a Qwen2.5-Math evaluation as it is written.
private struct QwenEvalRow {
  var key: String?
  var problem = Problem(key: "")
  var texts: [String] = []
  var answers: [String?] = []
  var verdicts: [Bool] = []
  var rewards: [[Double]] = []
  private var hasRewards = false

  mutating func read(_ line: TextLine, _ column: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var missing = ["code", "pred", "score"]
    try cursor.object { cursor, name in
      missing.removeAll { name.equals($0) }
      switch name {
      case "idx": key = try cursor.label()
      case "question": problem.statement = try cursor.optionalString()
      case "gt": problem.answer = try cursor.label()
      case "level": problem.level = try cursor.label()
      case "subject", "type": problem.subject = try cursor.label()
      case "code": texts = try cursor.strings()
      case "pred": try cursor.array { cursor, _ in answers.append(try cursor.label()) }
      case "score": try cursor.array { cursor, _ in verdicts.append(try cursor.truth()) }
      case "pred_score":
        try cursor.array { cursor, _ in rewards.append(try Self.reward(&cursor, column)) }
        hasRewards = true
      default: try cursor.skip()
      }
    }
    try cursor.end()
    if let key = missing.first { throw UnacceptableData.missing(key, expected: "a list of one value a text") }
    guard !texts.isEmpty else {
      throw UnacceptableData(field: "code", found: "no texts", expected: "at least one text")
    }
    // Evaluations without a reward model have no `pred_score`.
    let counts =
      [("pred", answers.count), ("score", verdicts.count)] + (hasRewards ? [("pred_score", rewards.count)] : [])
    for (key, count) in counts where count != texts.count {
      throw UnacceptableData(field: key, found: "\(count) values", expected: "one a text of `code`: \(texts.count)")
    }
  }

  /// A reward, in a list of its own or not.
  private static func reward(_ cursor: inout JSONCursor, _ column: ScoreColumn) throws -> [Double] {
    guard cursor.kind() == .array else { return [try cursor.score(column)] }
    let list = try cursor.scores(column)
    guard list.count == 1 else {
      throw cursor.failure(found: "\(list.count) rewards", expected: "one reward a text")
    }
    return list
  }
}
