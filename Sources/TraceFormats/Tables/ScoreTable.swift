import Traces

/// Reads scores from comma-separated values with a header.
///
/// Two layouts: a row a rollout with the lists in `scores` and `prefixScores`, separated by spaces or semicolons or
/// written as JSON lists; or a row a step with `step` (from 0), `score` and `prefixScore`, a rollout's rows together.
struct ScoreTable {
  private let context: ReadingContext
  private let places: [String: Int]
  private let width: Int

  init(header: CSVLine, context: ReadingContext) throws {
    self.context = context
    width = header.fields.count
    var places: [String: Int] = [:]
    for (place, name) in header.fields.enumerated() {
      guard places.updateValue(place, forKey: name) == nil else {
        throw UnacceptableData(
          line: 1, field: name, found: "the column twice", expected: "each column once",
          remedy: "take one of the two out, or give it another name")
      }
    }
    self.places = places
    for name in ["problem", "rollout"] where places[name] == nil {
      throw UnacceptableData(
        line: 1, field: name, found: "the columns \(header.fields.joined(separator: ", "))",
        expected: "problem, rollout, scorer, then scores or prefixScores, or step and score or prefixScore")
    }
  }

  /// Whether each row is one step.
  var isByStep: Bool { places["step"] != nil }

  /// Reads a row; in the layout of a row a step its lists have one score.
  func row(_ fields: CSVLine, line: Int) throws -> (row: ScoreRow, step: Int) {
    guard fields.fields.count == width else {
      throw UnacceptableData(found: "\(fields.fields.count) fields", expected: "\(width), as in the header")
    }
    let scorer = try ScoreRow.scorer(text("scorer", fields), context)
    let column = context.column(scorer)
    let row = ScoreRow(
      problem: text("problem", fields) ?? "", rollout: try count("rollout", fields),
      recording: text("recording", fields),
      scorer: scorer, scale: column.scale, stepScores: try list(isByStep ? "score" : "scores", fields, column),
      prefixScores: try list(isByStep ? "prefixScore" : "prefixScores", fields, column), line: line)
    try row.checkScores()
    return (row, isByStep ? try count("step", fields) : 0)
  }

  private func text(_ name: String, _ fields: CSVLine) -> String? {
    guard let place = places[name], !fields.fields[place].isEmpty else { return nil }
    return fields.fields[place]
  }

  private func count(_ name: String, _ fields: CSVLine) throws -> Int {
    let written = text(name, fields) ?? ""
    guard let value = Int(written), value >= 0, value <= Int(Int32.max) else {
      throw UnacceptableData(field: name, found: "\"\(written)\"", expected: JSONCursor.naturalNumbers)
    }
    return value
  }

  private func list(_ name: String, _ fields: CSVLine, _ column: ScoreColumn) throws -> [Double] {
    let written = text(name, fields) ?? ""
    let separators: Set<Character> = [" ", ";", ",", "[", "]"]
    return try written.split(whereSeparator: separators.contains).enumerated().map { position, word in
      var copy = String(word)
      return try copy.withUTF8 { utf8 in
        var cursor = JSONCursor(UnsafeRawBufferPointer(utf8))
        do {
          let score = try cursor.score(column)
          try cursor.end()
          return score
        } catch var refusal as UnacceptableData {
          refusal.byte = nil
          throw refusal.inside("\(name)[\(position)]")
        }
      }
    }
  }
}
