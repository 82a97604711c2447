import Traces

/// One its-hub result as it is written, nested (`responses_lst`) or flattened (`responses`).
struct ITSHubRow {
  private(set) var key: String?
  private(set) var statement: String?
  private(set) var answer: String?
  /// The responses of each iteration; one list in a flattened result.
  private(set) var responses: [[String]] = []
  /// The log weights, in lists as the file has them.
  private(set) var weights: [[Double]] = []
  private(set) var selected: Int?
  private var isNested = false
  private var hasWeights = false

  mutating func read(_ line: TextLine, _ column: ScoreColumn) throws {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    try cursor.object { cursor, name in
      switch name {
      case "unique_id", "id": key = try cursor.label()
      case "problem", "question": statement = try cursor.optionalString()
      case "answer": answer = try cursor.label()
      case "responses_lst", "responses":
        guard responses.isEmpty else {
          throw cursor.failure(found: "a second list of responses", expected: "`responses_lst` or `responses`")
        }
        (responses, isNested) = try Self.lists(&cursor) { try Self.message(&$0) }
      case "log_weights_lst":
        weights = try Self.lists(&cursor) { try $0.score(column) }.lists
        hasWeights = true
      case "selected_index": selected = try cursor.optionalInteger()
      default: try cursor.skip()
      }
    }
    try cursor.end()
  }

  /// Checks that each response has one weight in its own list, and that the selected one is there.
  ///
  /// A flattened result may keep the lists of its weights: they are laid out one after the other as the responses are.
  func check() throws {
    let counts = responses.map(\.count)
    let total = counts.reduce(0, +)
    guard total > 0 else { throw UnacceptableData.missing("responses_lst", expected: "at least one response") }
    guard hasWeights else { throw UnacceptableData.missing("log_weights_lst", expected: "one weight a response") }
    let found = weights.map(\.count)
    guard isNested ? found == counts : found.reduce(0, +) == total else {
      throw UnacceptableData(
        field: "log_weights_lst", found: Self.described(found), expected: "one a response: \(Self.described(counts))",
        remedy: "the lists belong to other responses; --skip-invalid leaves the record out")
    }
    try checkSelection(among: isNested ? counts.last ?? 0 : total)
  }

  /// The selected response is one of the last iteration's.
  private func checkSelection(among count: Int) throws {
    guard let selected, !(0..<count).contains(selected) else { return }
    throw UnacceptableData(
      field: "selected_index", found: "\(selected)",
      expected: "the index of one of the \(count) responses\(isNested ? " of the last list" : ""), from 0")
  }

  private static func described(_ counts: [Int]) -> String { counts.map { "\($0)" }.joined(separator: " + ") }

  /// A list of values, or a list of lists, not both in one.
  private static func lists<Value>(
    _ cursor: inout JSONCursor, _ value: (inout JSONCursor) throws -> Value
  ) throws -> (lists: [[Value]], isNested: Bool) {
    var lists: [[Value]] = []
    var flat: [Value] = []
    try cursor.array { cursor, index in
      let isList = cursor.kind() == .array
      guard index == 0 || isList == flat.isEmpty else {
        throw cursor.mismatch(expected: isList ? "a value, as before it" : "a list, as before it")
      }
      guard isList else { return flat.append(try value(&cursor)) }
      var list: [Value] = []
      try cursor.array { cursor, _ in list.append(try value(&cursor)) }
      lists.append(list)
    }
    return flat.isEmpty ? (lists, true) : ([flat], false)
  }

  /// A text, or a chat message with one.
  private static func message(_ cursor: inout JSONCursor) throws -> String {
    guard cursor.kind() == .object else { return try cursor.string() }
    var content: String?
    try cursor.object { cursor, name in
      if case "content" = name { content = try cursor.optionalString() } else { try cursor.skip() }
    }
    guard let content else { throw UnacceptableData.missing("content", expected: "the message's text") }
    return content
  }
}
