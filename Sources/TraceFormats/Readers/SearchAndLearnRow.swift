import Traces

/// One line of a search-and-learn file as it is written.
struct SearchAndLearnRow {
  private(set) var problem = Problem(key: "")
  private(set) var completions: [SharedText] = []
  /// Where the completions' lines end.
  private(set) var breaks = LineBreaks()
  private(set) var scores: [SharedNumbers<Double>] = []
  private(set) var predictions: [String: String] = [:]
  private var completionTokens: [Int] = []

  /// - Parameter column: What the scores are, for their range.
  /// - Throws: `UnacceptableData` for missing keys, wrong kinds, lists that disagree in length.
  init(_ line: TextLine, column: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var seen: (completions: Bool, scores: Bool, problem: Bool) = (false, false, false)
    try cursor.object { cursor, key in
      switch key {
      case "completions":
        (completions, breaks) = try cursor.texts()
        seen.completions = true
      case "scores":
        scores = try cursor.scoreLists(column)
        seen.scores = true
      case "completion_tokens": completionTokens = try Self.tokens(&cursor)
      case "problem":
        problem.statement = try cursor.string()
        seen.problem = true
      default: try readRest(key, &cursor)
      }
    }
    try cursor.end()
    guard seen.problem else { throw UnacceptableData.missing("problem", expected: "the problem's statement") }
    guard seen.completions else { throw UnacceptableData.missing("completions", expected: "a list of texts") }
    guard seen.scores else { throw UnacceptableData.missing("scores", expected: "a list of step scores a completion") }
    try checkLengths()
  }

  /// The tokens of a completion, where they are known.
  func tokens(_ index: Int) -> Int? {
    guard index < completionTokens.count, completionTokens[index] >= 0 else { return nil }
    return completionTokens[index]
  }

  private mutating func readRest(_ key: JSONKey, _ cursor: inout JSONCursor) throws {
    switch key {
    case "answer": problem.answer = try cursor.label()
    case "subject": problem.subject = try cursor.label()
    case "level": problem.level = try cursor.label()
    case "unique_id": problem.key = try cursor.label() ?? ""
    default:
      guard key.hasPrefix("pred") else { return try cursor.skip() }
      let isLabel = cursor.kind() != .array && cursor.kind() != .object
      predictions[key.text] = isLabel ? try cursor.label() : try cursor.rawValue()
    }
  }

  /// A list of counts, or -1 where nothing was counted.
  private static func tokens(_ cursor: inout JSONCursor) throws -> [Int] {
    guard cursor.kind() == .array else {
      var number = cursor
      guard try number.knownCount() == nil else { throw cursor.mismatch(expected: "a list of counts, or -1") }
      cursor = number
      return []
    }
    var list: [Int] = []
    try cursor.array { cursor, _ in list.append(try cursor.knownCount() ?? -1) }
    return list
  }

  private func checkLengths() throws {
    guard !completions.isEmpty else {
      throw UnacceptableData(field: "completions", found: "an empty list", expected: "at least one completion")
    }
    guard scores.count == completions.count else {
      throw UnacceptableData(
        field: "scores", found: "\(scores.count) lists of scores", expected: "one a completion: \(completions.count)")
    }
    guard completionTokens.isEmpty || completionTokens.count == completions.count else {
      throw UnacceptableData(
        field: "completion_tokens", found: "\(completionTokens.count) counts",
        expected: "one a completion: \(completions.count)")
    }
  }
}

extension JSONCursor {
  /// Reads a list of scores, each within the column's scale.
  mutating func scores(_ column: ScoreColumn) throws -> [Double] {
    var list: [Double] = []
    try array { cursor, _ in list.append(try cursor.score(column)) }
    return list
  }

  /// Reads lists of scores into one block.
  mutating func scoreLists(_ column: ScoreColumn) throws -> [SharedNumbers<Double>] {
    var block: [Double] = []
    var ends: [Int] = []
    try array { cursor, _ in
      try cursor.array { cursor, _ in block.append(try cursor.score(column)) }
      ends.append(block.count)
    }
    return SharedNumbers.lists(in: block, ends: ends)
  }

  /// Reads a score within the column's scale.
  mutating func score(_ column: ScoreColumn) throws -> Double {
    skipSpace()
    let start = position
    let value = try double()
    guard column.scale.contains(value) else {
      position = start
      throw outside(column, describeNumber())
    }
    return value
  }
}
