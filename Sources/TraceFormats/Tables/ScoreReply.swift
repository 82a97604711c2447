import Traces

/// A reward model's answer to a request of `ScoreRequestName`: a line of the output of an OpenAI batch, or of vLLM's
/// `run-batch`.
///
/// The scores are the numbers of `response.body`: `data[].data` (pooling; of a list per step the last number, the
/// probability of "right"), `data[].score`, `data[].embedding`, or a plain list `scores`. Where all elements of `data` say
/// their `index`, they count in its order.
struct ScoreReply {
  private struct Element {
    var index: Int?
    var values: [Double] = []
  }

  private var values: [Double] = []
  private let column: ScoreColumn

  private init(column: ScoreColumn) { self.column = column }

  /// Reads the scores of a reply.
  ///
  /// - Throws: `UnacceptableData` for a name that is no request's, a failed request, scores outside the scale or of
  ///   another number than asked for.
  static func row(
    named name: String, response: JSONCursor?, error: String?, context: ReadingContext, line: Int
  ) throws -> ScoreRow {
    guard let request = ScoreRequestName(name) else {
      throw UnacceptableData(
        field: "custom_id", found: "\"\(JSONCursor.shortened(name))\"",
        expected: "the name of a request that `retrace scores requests` wrote")
    }
    if let error {
      throw UnacceptableData(
        field: "error", found: JSONCursor.shortened(error), expected: "a response", remedy: Self.again)
    }
    guard var response else { throw UnacceptableData.missing("response", expected: "the reply") }
    let column = context.column(context.options.scorer ?? request.scorer, request.channel)
    var reply = ScoreReply(column: column)
    try UnacceptableData.under("response") { try reply.readResponse(&response) }
    return try reply.row(of: request, line: line)
  }

  private static let again = "send the request again; --skip-invalid leaves it out"

  private mutating func readResponse(_ cursor: inout JSONCursor) throws {
    var status = 200
    var body: JSONCursor?
    try cursor.object { cursor, key in
      switch key {
      case "status_code": status = try cursor.optionalInteger() ?? 200
      case "body":
        body = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    guard status == 200 else {
      throw UnacceptableData(field: "status_code", found: "\(status)", expected: "200: a reply", remedy: Self.again)
    }
    guard var body else { throw UnacceptableData.missing("body", expected: "the reply's body") }
    try UnacceptableData.under("body") { try readBody(&body) }
  }

  private mutating func readBody(_ cursor: inout JSONCursor) throws {
    try cursor.object { cursor, key in
      switch key {
      case "data":
        var elements: [Element] = []
        try cursor.array { cursor, _ in elements.append(try readElement(&cursor)) }
        values += try Self.ordered(elements).flatMap(\.values)
      case "scores": values += try cursor.scores(column)
      default: try cursor.skip()
      }
    }
  }

  private func readElement(_ cursor: inout JSONCursor) throws -> Element {
    var element = Element()
    try cursor.object { cursor, key in
      switch key {
      case "index": element.index = try cursor.optionalInteger()
      case "data", "embedding": try readValues(&cursor, into: &element.values)
      case "score": element.values.append(try cursor.score(column))
      default: try cursor.skip()
      }
    }
    return element
  }

  /// The elements in the order of their indices where all have one, else as they come.
  private static func ordered(_ elements: [Element]) throws -> [Element] {
    var places: [Int: Int] = [:]
    for (place, element) in elements.enumerated() {
      guard let index = element.index else { continue }
      guard places.updateValue(place, forKey: index) == nil else {
        throw UnacceptableData(
          field: "[\(place)].index", found: "\(index) a second time", expected: "each index once")
      }
    }
    guard places.count == elements.count else { return elements }
    return places.sorted { $0.key < $1.key }.map { elements[$0.value] }
  }

  /// A number, a list of numbers, or a list of lists whose last numbers count.
  private func readValues(_ cursor: inout JSONCursor, into values: inout [Double]) throws {
    guard cursor.kind() == .array else {
      values.append(try cursor.score(column))
      return
    }
    try cursor.array { cursor, _ in
      guard cursor.kind() == .array else {
        values.append(try cursor.score(column))
        return
      }
      guard let last = try cursor.scores(column).last else {
        throw cursor.failure(found: "an empty list", expected: "the probabilities of a step")
      }
      values.append(last)
    }
  }

  private func row(of request: ScoreRequestName, line: Int) throws -> ScoreRow {
    var row = ScoreRow(
      problem: request.problem, rollout: request.rollout, recording: request.recording, scorer: column.scorer,
      scale: column.scale, stepScores: [], prefixScores: [], line: line, check: request.check)
    switch request.channel {
    case .prefix:
      try require(values.count == 1, expected: "one, for the prefix that was asked for")
      row.prefixScores = values
      row.ownStep = request.own
    case .step:
      let whole = request.before + request.own
      try require(
        values.count == request.own || values.count == whole,
        expected: whole == request.own ? "\(whole), one a step" : "\(request.own), one an own step, or \(whole)")
      row.stepScores = Array(values.suffix(request.own))
    }
    return row
  }

  private func require(_ condition: Bool, expected: @autoclosure () -> String) throws {
    guard !condition else { return }
    throw UnacceptableData(field: "response.body", found: values.count.counted("score"), expected: expected())
  }
}
