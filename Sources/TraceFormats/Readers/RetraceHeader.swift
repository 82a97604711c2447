import Traces

/// The `problem` object of the `retrace` format.
enum RetraceProblem {
  static func read(_ cursor: inout JSONCursor) throws -> Problem {
    var key: String?
    var problem = Problem(key: "")
    try cursor.object { cursor, name in
      switch name {
      case "id": key = try cursor.label()
      case "statement": problem.statement = try cursor.optionalString()
      case "answer": problem.answer = try cursor.label()
      case "subject": problem.subject = try cursor.optionalString()
      case "level": problem.level = try cursor.label()
      case "dataset": problem.dataset = try cursor.optionalString()
      default: try cursor.skip()
      }
    }
    guard let key else { throw UnacceptableData.missing("id", expected: "the problem's id") }
    problem.key = key
    return problem
  }
}

/// The `recording` object of the `retrace` format.
struct RetraceHeader {
  private var recorded = Recording(name: "", delimiter: RetraceReader.defaultDelimiter)
  /// The scales that the file declares.
  private(set) var scales: [ExactText: ScoreScale] = [:]

  /// Says nothing.
  init() {}

  init(_ cursor: inout JSONCursor) throws {
    try cursor.object { cursor, key in
      switch key {
      case "name": recorded.name = try cursor.optionalString() ?? ""
      case "model": recorded.model = try cursor.optionalString()
      case "temperature": recorded.temperature = try cursor.optionalTemperature()
      case "topP", "top_p": recorded.topP = try cursor.takeNull() ? nil : cursor.share()
      case "seed": recorded.seed = try cursor.optionalInteger()
      case "promptHash": recorded.promptHash = try cursor.optionalString()
      case "delimiter": recorded.delimiter = try cursor.optionalString() ?? RetraceReader.defaultDelimiter
      case "date": recorded.date = try cursor.optionalString()
      case "sampling": recorded.sampling = try Self.sampling(&cursor)
      case "scorers": try readScorers(&cursor)
      default: try cursor.skip()
      }
    }
  }

  /// The text between two steps.
  var delimiter: String { recorded.delimiter }

  /// The recording, with what the user says.
  func recording(_ context: ReadingContext) -> Recording {
    var whole = recorded
    whole.sampling = context.options.sampling ?? whole.sampling
    return whole
  }

  private static func sampling(_ cursor: inout JSONCursor) throws -> Recording.Sampling {
    let word = try cursor.string()
    guard let sampling = Recording.Sampling(rawValue: word) else {
      throw cursor.failure(found: "\"\(word)\"", expected: "\"independent\" or \"search\"")
    }
    return sampling
  }

  private mutating func readScorers(_ cursor: inout JSONCursor) throws {
    try cursor.object { cursor, scorer in
      let name = scorer.text
      try cursor.object { cursor, key in
        guard case "scale" = key else { return try cursor.skip() }
        let word = try cursor.string()
        guard let scale = ScoreScale(rawValue: word) else {
          throw cursor.failure(found: "\"\(word)\"", expected: "\"probability\", \"logit\" or \"unbounded\"")
        }
        scales[ExactText(name)] = scale
      }
    }
  }
}
