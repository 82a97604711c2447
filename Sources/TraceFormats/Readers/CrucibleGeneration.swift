import Crypto
import Traces

/// A generation cassette of crucible-ttc: whole traces, and trees of steps drawn at recorded prefixes.
struct CrucibleGeneration {
  static let delimiter = "\n\n"

  let context: ReadingContext
  let meta: CrucibleMeta

  func read(
    _ lists: [String: JSONCursor], record: (TraceRecord) throws -> Void, refused: (UnacceptableData) throws -> Void
  ) throws {
    var problems: [Problem] = []
    var places: [ExactText: Int] = [:]
    var traces: [[[CrucibleStep]]] = []
    var isComplete = true
    func place(_ problem: Problem) -> Int {
      if let known = places[ExactText(problem.key)] { return known }
      places[ExactText(problem.key)] = problems.count
      problems.append(problem)
      traces.append([])
      return problems.count - 1
    }
    if var list = lists["records"] {
      try list.elements(
        of: "records", read: { cursor, _ in try Self.traced(&cursor) },
        take: { problem, found in traces[place(problem)] += found },
        refused: { refusal in
          try refused(refusal)
          isComplete = false
        })
    }
    if var list = lists["problems"] {
      try UnacceptableData.under("problems") {
        try list.array { cursor, _ in _ = place(try CrucibleProblem.read(&cursor)) }
      }
    }
    var steps = CrucibleStepRecords()
    if var list = lists["step_records"] { try UnacceptableData.under("step_records") { try steps.read(&list) } }
    // Whole traces are a sample, trees are not: where a file has both they are two recordings, for all its problems.
    let treeName = traces.allSatisfy(\.isEmpty) ? "" : InputFile(context.file).stem + "-steps"
    for (index, problem) in problems.enumerated() {
      try deliver(problem, traces[index], &steps, treeName: treeName, ordinal: index + 1, record)
    }
    // The tree of a problem that was left out belongs to nothing.
    if isComplete { try steps.checkNothingIsLeft() }
  }

  private func deliver(
    _ problem: Problem, _ traces: [[CrucibleStep]], _ steps: inout CrucibleStepRecords, treeName: String,
    ordinal: Int, _ record: (TraceRecord) throws -> Void
  ) throws {
    let whole = try context.completed(problem, field: "problem.answer")
    let scoring = CrucibleScoring(context: context, problem: problem.key)
    if !traces.isEmpty {
      try record(
        TraceRecord(
          problem: whole, recording: recording(.independent, name: ""), columns: scoring.columns,
          rollouts: try traces.map(scoring.rollout), line: ordinal))
    }
    let tree = try steps.tree(of: problem.key, scoring)
    if tree.count > 0 {
      try record(
        TraceRecord(
          problem: whole, recording: recording(.search, name: treeName), columns: scoring.columns,
          rollouts: tree.rollouts(delimiter: Self.delimiter).map { Self.counted($0, after: traces.count) },
          line: ordinal))
    }
  }

  /// Parents count all rollouts of the problem in the file: those of the whole traces come first.
  private static func counted(_ rollout: RolloutRecord, after earlier: Int) -> RolloutRecord {
    var copy = rollout
    copy.parent?.rollout += earlier
    return copy
  }

  private func recording(_ sampling: Recording.Sampling, name: String) -> Recording {
    var recording = meta.recording
    recording.name = name
    recording.delimiter = Self.delimiter
    recording.sampling = context.options.sampling ?? sampling
    return recording
  }

  private static func traced(_ cursor: inout JSONCursor) throws -> (Problem, [[CrucibleStep]]) {
    var problem: Problem?
    var traces: [[CrucibleStep]] = []
    try cursor.object { cursor, name in
      switch name {
      case "problem": problem = try CrucibleProblem.read(&cursor)
      case "traces": try cursor.array { cursor, _ in traces.append(try trace(&cursor)) }
      default: try cursor.skip()
      }
    }
    guard let problem else { throw UnacceptableData.missing("problem", expected: "the problem's id and answer") }
    return (problem, traces)
  }

  private static func trace(_ cursor: inout JSONCursor) throws -> [CrucibleStep] {
    var steps: [CrucibleStep] = []
    try cursor.object { cursor, name in
      guard case "steps" = name else { return try cursor.skip() }
      try cursor.array { cursor, _ in steps.append(try CrucibleStep(&cursor)) }
    }
    return steps
  }
}

/// A problem of a generation cassette.
enum CrucibleProblem {
  static func read(_ cursor: inout JSONCursor) throws -> Problem {
    var key: String?
    var problem = Problem(key: "")
    try cursor.object { cursor, name in
      switch name {
      case "id": key = try cursor.label()
      case "prompt": problem.statement = try cursor.optionalString()
      case "answer": problem.answer = try cursor.label()
      case "difficulty": problem.level = try cursor.label()
      default: try cursor.skip()
      }
    }
    guard let key else { throw UnacceptableData.missing("id", expected: "the problem's name") }
    problem.key = key
    return problem
  }
}

/// A step of a generation cassette.
struct CrucibleStep {
  private(set) var text = ""
  private(set) var tokens: Int?

  init(_ cursor: inout JSONCursor) throws {
    var hasText = false
    try cursor.object { cursor, name in
      switch name {
      case "text":
        text = try cursor.string()
        hasText = true
      case "token_count": tokens = try cursor.takeNull() ? nil : cursor.naturalNumber()
      default: try cursor.skip()
      }
    }
    guard hasText else { throw UnacceptableData.missing("text", expected: "the step's text") }
  }
}

/// Finds the scores of one problem's prefixes in a PRM cassette.
struct CrucibleScoring {
  let columns: [ScoreColumn]
  private let table: PrefixScoreTable?
  private let problem: String

  init(context: ReadingContext, problem: String) {
    table = context.options.prefixScores
    columns = table.map { [context.column(context.scorer($0.scorer))] } ?? []
    self.problem = problem
  }

  /// The digest of a prefix: SHA-256 of its step texts joined with U+001F, the first 16 digits.
  static func digest(_ steps: [String]) -> String {
    let digest = SHA256.hash(data: Array(steps.joined(separator: "\u{1f}").utf8))
    return digest.prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// The score of a prefix's last step, one value a column.
  ///
  /// - Throws: `UnacceptableData` for a list that disagrees with the prefix in number.
  func score(of prefix: [String]) throws -> [Double?] {
    try columns.map { _ in try table?.scores(problem: problem, prefix: prefix)?.last }
  }

  /// A whole trace with the scores of its steps. One without a step, which a model's empty reply makes, is one empty step.
  ///
  /// - Throws: `UnacceptableData` for a list of the trace or of one of its prefixes that disagrees in number.
  func rollout(_ steps: [CrucibleStep]) throws -> RolloutRecord {
    guard !steps.isEmpty else { return RolloutRecord(wholeText: "", scores: columns.map { _ in [] }) }
    let texts = steps.map(\.text)
    // Scores of its prefixes are scores of its steps, too, if not needed: they count as matched.
    if let table {
      for count in 1..<texts.count { _ = try table.scores(problem: problem, prefix: Array(texts.prefix(count))) }
    }
    let scores = try table?.scores(problem: problem, prefix: texts) ?? []
    var rollout = RolloutRecord(
      steps: texts, delimiter: CrucibleGeneration.delimiter, scores: columns.isEmpty ? [] : [scores])
    let tokens = steps.compactMap { $0.tokens.map(Int32.init) }
    rollout.tokens = tokens.count == steps.count ? tokens : []
    return rollout
  }
}
