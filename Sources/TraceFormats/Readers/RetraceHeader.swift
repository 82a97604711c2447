import Traces

/// The `problem` object of the `retrace` format.
struct RetraceProblem {
  /// What the file says of the problem.
  private(set) var problem = Problem(key: "")
  private var isProvisional = false
  private var qualified: String?

  static func read(_ cursor: inout JSONCursor) throws -> Problem { try RetraceProblem(&cursor).problem }

  init(_ cursor: inout JSONCursor) throws {
    var key: String?
    try cursor.object { cursor, name in
      switch name {
      case "id": key = try cursor.label()
      case "statement": problem.statement = try cursor.optionalString()
      case "answer": problem.answer = try cursor.label()
      case "subject": problem.subject = try cursor.optionalString()
      case "level": problem.level = try cursor.label()
      case "dataset": problem.dataset = try cursor.optionalString()
      case "provisional": isProvisional = try cursor.optionalBoolean() ?? false
      case "qualified": qualified = try cursor.optionalString()
      default: try cursor.skip()
      }
    }
    guard let key else { throw UnacceptableData.missing("id", expected: "the problem's id") }
    problem.key = key
  }

  /// The name that it gives the problem; the user's table comes before one that is provisional.
  func name(_ context: ReadingContext) -> ProblemName {
    guard isProvisional, let statement = problem.statement else { return ProblemName(problem.key) }
    if let known = context.options.problems?.problem(stating: statement, answer: problem.answer) {
      return ProblemName(known.key)
    }
    return ProblemName(provisional: problem.key, qualified: qualified)
  }
}

/// The `recording` object of the `retrace` format.
struct RetraceHeader {
  private var recorded = Recording(name: "", delimiter: RetraceReader.defaultDelimiter)
  /// The scales that the file declares.
  private(set) var scales: [ExactText: ScoreScale] = [:]
  /// The scorers whose scores were added to the rollouts later.
  private var imported: Set<ExactText> = []
  /// The scorer that nobody has named.
  private var unnamed: String?

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
        switch key {
        case "scale": scales[ExactText(name)] = try Self.scale(&cursor)
        case "provisional": if try cursor.optionalBoolean() == true { unnamed = name }
        case "imported": if try cursor.optionalBoolean() == true { imported.insert(ExactText(name)) }
        default: try cursor.skip()
        }
      }
    }
  }

  private static func scale(_ cursor: inout JSONCursor) throws -> ScoreScale {
    let word = try cursor.string()
    guard let scale = ScoreScale(rawValue: word) else {
      throw cursor.failure(found: "\"\(word)\"", expected: "\"probability\", \"logit\" or \"unbounded\"")
    }
    return scale
  }

  /// Says of a record's scores what the header says of their scorers.
  func describe(_ record: inout TraceRecord) {
    record.unnamedScorer = unnamed
    guard !imported.isEmpty else { return }
    record.importedColumns = record.columns.indices.filter { imported.contains(ExactText(record.columns[$0].scorer)) }
  }
}
