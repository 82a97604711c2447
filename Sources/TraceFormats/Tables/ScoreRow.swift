import Traces

/// Another reward model's scores for a rollout that is stored already.
public struct ScoreRow: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The rollout's position among those of its problem and recording, counted from 0.
  public var rollout: Int
  /// The recording that the position counts in; `nil` where there is only one.
  public var recording: String?
  /// The reward model's name.
  public var scorer: String
  /// The range of the scores.
  public var scale: ScoreScale
  /// One score for each step; empty where the row has none.
  public var stepScores: [Double]
  /// One score for each prefix; empty where the row has none.
  public var prefixScores: [Double]
  /// The line of the file, counted from 1.
  public var line: Int
  /// The check of the rollout that was scored, where the file brings it.
  public var check: String?
  /// The own step whose prefix alone is scored, in files with a row a prefix.
  var ownStep: Int?
}

extension ScoreRow {
  /// Reads one line of JSON.
  init(_ line: TextLine, _ context: ReadingContext) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var problem: String?
    var rollout: Int?
    var recorded: String?
    var recording: String?
    var check: String?
    var lists: (step: JSONCursor?, prefix: JSONCursor?)
    var reply: (name: String?, response: JSONCursor?, error: String?)
    try cursor.object { cursor, key in
      switch key {
      case "problem": problem = try cursor.label()
      case "rollout": rollout = try cursor.naturalNumber()
      case "scorer": recorded = try cursor.optionalString()
      case "check": check = try cursor.optionalString()
      case "recording": recording = try cursor.optionalString()
      case "scores": lists.step = try Self.postponed(&cursor)
      case "prefixScores": lists.prefix = try Self.postponed(&cursor)
      case "custom_id": reply.name = try cursor.string()
      case "response": reply.response = try Self.postponed(&cursor)
      case "error": reply.error = try cursor.takeNull() ? nil : cursor.rawValue()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    if let name = reply.name {
      self = try ScoreReply.row(
        named: name, response: reply.response, error: reply.error, context: context, line: line.number)
      return
    }
    guard let problem else { throw UnacceptableData.missing("problem", expected: "the problem's id") }
    guard let rollout else { throw UnacceptableData.missing("rollout", expected: "the rollout's position, from 0") }
    let scorer = try Self.scorer(recorded, context)
    let column = context.column(scorer)
    self.init(
      problem: problem, rollout: rollout, recording: recording, scorer: scorer, scale: column.scale,
      stepScores: try Self.list(lists.step, "scores", column),
      prefixScores: try Self.list(lists.prefix, "prefixScores", column), line: line.number, check: check)
    try checkScores(emptyList: lists.step != nil ? "scores" : lists.prefix != nil ? "prefixScores" : nil)
  }

  /// The name that the user gives, else the file's.
  static func scorer(_ recorded: String?, _ context: ReadingContext) throws -> String {
    guard let scorer = context.options.scorer ?? recorded, !scorer.isEmpty else {
      throw UnacceptableData.missing(
        "scorer", expected: "the reward model's name", remedy: "add it, or give it with --scorer NAME")
    }
    return scorer
  }

  /// - Parameter emptyList: The key of a list that is there but empty.
  func checkScores(emptyList: String? = nil) throws {
    guard !stepScores.isEmpty || !prefixScores.isEmpty || emptyList == nil else {
      throw UnacceptableData(
        field: emptyList, found: "an empty list", expected: "one score for each own step of the rollout")
    }
    guard !stepScores.isEmpty || !prefixScores.isEmpty else {
      throw UnacceptableData.missing("scores", expected: "a list of scores in `scores` or `prefixScores`")
    }
    guard stepScores.isEmpty || prefixScores.isEmpty || stepScores.count == prefixScores.count else {
      throw UnacceptableData(
        field: "prefixScores", found: prefixScores.count.counted("score"),
        expected: "as many as `scores`: \(stepScores.count)")
    }
  }

  /// The scale depends on the scorer, whose name may stand after the lists.
  private static func postponed(_ cursor: inout JSONCursor) throws -> JSONCursor? {
    if try cursor.takeNull() { return nil }
    let list = cursor
    try cursor.skip()
    return list
  }

  private static func list(_ cursor: JSONCursor?, _ key: String, _ column: ScoreColumn) throws -> [Double] {
    guard var cursor else { return [] }
    return try UnacceptableData.under(key) { try cursor.scores(column) }
  }
}
