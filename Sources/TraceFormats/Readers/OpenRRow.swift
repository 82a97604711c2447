import Traces

/// One record of OpenR as it is written.
struct OpenRRow {
  struct Output {
    var text = ""
    var values: [Double] = []
    /// The tokens sampled for the text alone; of a tree search those since the path before it.
    var tokens: Int?
    /// The tokens of the tree, with the last path.
    var treeTokens: Int?
    var answer: String?
    /// Its number among the record's paths.
    var path: Int?
    /// Tokens of the steps as the program sampled them; a text that was sampled at once has one.
    var tokenHistory: [Int32] = []

    /// The tokens of all its steps.
    var sampledTokens: Int { tokenHistory.reduce(0) { $0 + Int($1) } }
  }

  private(set) var statement = ""
  private(set) var answer: String?
  private(set) var outputs: [Output] = []
  private(set) var predictions: [String: String] = [:]

  init(_ line: TextLine, _ column: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var hasStatement = false
    var hasResult = false
    try cursor.object { cursor, name in
      switch name {
      case "question":
        statement = try cursor.string()
        hasStatement = true
      case "groundtruth": answer = try cursor.label().map(StatedAnswer.gold)
      case "result":
        try readResult(&cursor)
        hasResult = true
      case "output": try cursor.array { cursor, _ in outputs.append(try Self.output(&cursor, column)) }
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard hasStatement else { throw UnacceptableData.missing("question", expected: "the problem's statement") }
    guard hasResult else { throw UnacceptableData.missing("result", expected: "an object of the search's results") }
    guard !outputs.isEmpty else {
      throw UnacceptableData(field: "output", found: "no completions", expected: "at least one")
    }
    try RepeatedRecords.checkNumbers(outputs.map(\.path), list: "output", key: "path_idx")
    for (index, output) in outputs.enumerated() {
      if let answer = output.answer { predictions["extracted_answer[\(index)]"] = answer }
    }
    removePlaceholders()
  }

  private mutating func readResult(_ cursor: inout JSONCursor) throws {
    guard cursor.kind() == .object else { return try cursor.skip() }
    try cursor.object { cursor, name in predictions[name.text] = try cursor.rawValue() }
  }

  private static func output(_ cursor: inout JSONCursor, _ column: ScoreColumn) throws -> Output {
    var output = Output()
    var missing = Self.outputKeys
    try cursor.object { cursor, name in
      missing.removeAll { name.equals($0) }
      switch name {
      case "text": output.text = try cursor.string()
      case "value": output.values = try values(&cursor, column)
      case "completion_tokens": output.tokens = try cursor.knownCount()
      case "path_idx": output.path = try cursor.optionalInteger()
      case "token_history": output.tokenHistory = try tokenHistory(&cursor)
      case "tree_completion_tokens": output.treeTokens = try cursor.optionalInteger().map { Int(Int32(clamping: $0)) }
      case "extracted_answer": output.answer = try cursor.label()
      default: try cursor.skip()
      }
    }
    if let key = missing.first { throw UnacceptableData.missing(key, expected: "the keys of a completion") }
    return output
  }

  /// A list of natural numbers; any other is passed over, since nothing depends on it.
  private static func tokenHistory(_ cursor: inout JSONCursor) throws -> [Int32] {
    guard cursor.kind() == .array else {
      try cursor.skip()
      return []
    }
    var tokens: [Int32?] = []
    try cursor.array { cursor, _ in
      guard cursor.kind() == .number else {
        try cursor.skip()
        return tokens.append(nil)
      }
      tokens.append(Int32(exactly: try cursor.double()).flatMap { $0 >= 0 ? $0 : nil })
    }
    let known = tokens.compactMap { $0 }
    return known.count == tokens.count ? known : []
  }

  /// What every completion has.
  private static let outputKeys = ["text", "value", "completion_tokens", "path_idx"]

  /// A list of values; -1.0, alone or as the only value, stands for an empty list.
  private static func values(_ cursor: inout JSONCursor, _ column: ScoreColumn) throws -> [Double] {
    if try cursor.takeNull() { return [] }
    var again = cursor
    if again.kind() == .number, try again.double() == -1 {
      cursor = again
      return []
    }
    again = cursor
    if again.kind() == .array, try again.doubles() == [-1] {
      cursor = again
      return []
    }
    return try cursor.scores(column)
  }
}

extension OpenRRow {
  /// The steps that the texts may have.
  var steps: OpenRSteps {
    OpenRSteps(texts: outputs.map { SharedText($0.text) }, values: outputs.map(\.values.count))
  }

  /// Takes out the single 0 that both programs write in place of values: OpenR for a text that is the only one, whose
  /// values it does not ask for (`reason/evaluation/evaluator.py`), compute-optimal-tts for texts that are not scored and
  /// where the reward model fails.
  private mutating func removePlaceholders() {
    guard outputs.allSatisfy({ $0.values == [0] }) else { return }
    guard outputs.count == 1 || OpenRSteps.areSeveral(in: outputs.map { SharedText($0.text) }) else { return }
    for index in outputs.indices { outputs[index].values = [] }
  }

  /// Whether any path says how many tokens the whole tree has.
  private var hasTree: Bool { outputs.contains { $0.treeTokens ?? 0 > 0 } }

  /// Whether the texts are paths that a search selected.
  ///
  /// compute-optimal-tts counts the tokens of a tree for all its methods. Texts that it samples at once are a tree of
  /// depth 1 whose tokens are theirs; its searches have another depth (`tree.py`), which is the first number of the run's
  /// folder (`40_4_1`).
  func isOfSearch(runFolder: String?) -> Bool {
    guard hasTree else { return false }
    guard outputs.allSatisfy({ $0.tokenHistory.count == 1 }) else { return true }
    let numbers = (runFolder ?? "").split(separator: "_").map { Int($0) }
    if numbers.count == 3, !numbers.contains(nil), numbers[0] != 1 { return true }
    return outputs.reduce(0) { $0 + $1.sampledTokens } != outputs.reduce(0) { $0 + ($1.treeTokens ?? 0) }
  }

  /// The tokens of each step of a text, or else of all.
  ///
  /// Where a tree is counted, `completion_tokens` are those of several paths or of none.
  func tokens(of output: Output, steps: Int) -> (ofSteps: [Int32], total: Int?) {
    let isWhole = hasTree || output.sampledTokens == output.tokens
    let ofSteps = isWhole && output.tokenHistory.count == steps ? output.tokenHistory : []
    guard hasTree else { return (ofSteps, output.tokens) }
    return (ofSteps, output.tokenHistory.isEmpty ? nil : output.sampledTokens)
  }
}
