import Traces

/// A row of a file for the grader: texts that are to be judged whatever is in them.
public struct GradingRow: Sendable {
  /// How a text is to be taken.
  public enum Mode: String, Sendable {
    /// A bare answer.
    case answer
    /// A completion to extract the answer from.
    case text
  }

  /// The row's name, repeated in the output.
  public var id = RowName("")
  /// The gold answer; `nil` where the row has none.
  public var gold: String?
  /// The answer to be graded; `nil` where the row has none.
  public var prediction: String?
  /// What the prediction is.
  public var mode = Mode.answer
  /// What the gold answer is; the same as the prediction where the row does not say.
  public var goldMode: Mode { statedGoldMode ?? mode }
  var statedGoldMode: Mode?
  /// A text to extract from.
  public var text: String?
  /// Answers to be put into classes; `nil` stands for none.
  public var answers: [String?]?
}

/// Reads JSON lines for the grader: `{"id","gold","pred","mode"?,"gold_mode"?}`, long strings as `gold_parts` and
/// `pred_parts` = `[[piece, count], ...]`; `{"id","text"}`; `{"id","answers"}`.
///
/// Invalid UTF-8, lone surrogates and control characters inside strings are no errors here: they are part of what is to
/// be graded.
public enum GradingFile {
  /// Hands out the rows in order.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - need: The fields that every row must have, as messages name them.
  ///   - row: Takes one row; rows before a broken line are handed out before the error is thrown.
  /// - Throws: `UnacceptableData` with file and line, what `row` throws, and `CancellationError` where the user stops it.
  public static func read(_ input: InputFile, need: [String], row: (GradingRow) throws -> Void) throws {
    let reading = RowReading<Result<GradingRow, UnacceptableData>>(options: ReadingOptions(threads: 1)) { line in
      do {
        return .success(try parse(line, need: need))
      } catch let refusal as UnacceptableData {
        return .failure(refusal.located(file: input.name, line: line.number))
      }
    }
    _ = try reading.read(input.open(), named: input.name) { rows in
      for result in rows {
        if input.isStopped() { throw CancellationError() }
        try row(result.get())
      }
    }
  }

  private static func parse(_ line: TextLine, need: [String]) throws -> GradingRow {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    cursor.repairsText = true
    var row = GradingRow()
    var found: Set<String> = []
    try cursor.object { cursor, key in
      let name = key.text
      found.insert(String(name.split(separator: "_").first ?? ""))
      try take(name, from: &cursor, into: &row)
    }
    try cursor.end()
    for name in need where !found.contains(name) {
      throw UnacceptableData(
        field: name, found: "a row without it", expected: "a row with \(need.joined(separator: ", "))")
    }
    return row
  }

  private static func take(_ key: String, from cursor: inout JSONCursor, into row: inout GradingRow) throws {
    switch key {
    case "id": row.id = try RowName(&cursor)
    case "gold": row.gold = try cursor.label()
    case "pred": row.prediction = try cursor.label()
    case "gold_parts": row.gold = try parts(&cursor)
    case "pred_parts": row.prediction = try parts(&cursor)
    case "mode": row.mode = try mode(&cursor)
    case "gold_mode": row.statedGoldMode = try mode(&cursor)
    case "text": row.text = try cursor.optionalString()
    case "answers":
      var answers: [String?] = []
      try cursor.array { cursor, _ in answers.append(try cursor.label()) }
      row.answers = answers
    default: try cursor.skip()
    }
  }

  private static func mode(_ cursor: inout JSONCursor) throws -> GradingRow.Mode {
    let word = try cursor.string()
    guard let mode = GradingRow.Mode(rawValue: word) else {
      throw cursor.failure(found: "\"\(word)\"", expected: "\"answer\" or \"text\"")
    }
    return mode
  }

  /// The longest text that parts may make.
  private static let partsLimit = 64 << 20

  private static func parts(_ cursor: inout JSONCursor) throws -> String {
    var text = ""
    try cursor.array { cursor, _ in
      var piece = ""
      var count = 0
      try cursor.array { cursor, position in
        switch position {
        case 0: piece = try cursor.string()
        case 1: count = try cursor.integer()
        default: throw cursor.mismatch(expected: "a pair of a piece and a count")
        }
      }
      guard count >= 0, count <= partsLimit, piece.utf8.count * count <= partsLimit - text.utf8.count else {
        throw cursor.failure(found: "a text of more than 64 MB", expected: "parts that make at most 64 MB")
      }
      text += String(repeating: piece, count: count)
    }
    return text
  }
}
