import Traces

/// The `response` object of an OpenAI batch: of the chat or the completion interface.
struct OpenAIBatchBody {
  struct Choice {
    var text = ""
    var finish = Finish.open
    /// Log-probabilities of the choice's tokens, where they were asked for.
    var logProbabilities: [Double]?
    /// Whether the server said what it stopped at: a stop string, or by null that the rollout is over.
    var namesStop = true
    /// Its number among the response's choices.
    var index: Int?

    /// Ends or leaves open a continuation that was asked for with a stop string, of which the server does not say
    /// whether it was met: over where an answer is boxed.
    mutating func settleFinish() {
      guard !namesStop, finish == .stop else { return }
      finish = text.contains(#"\boxed"#) ? .stop : .open
    }
  }

  private(set) var choices: [Choice] = []
  private(set) var model: String?
  private(set) var tokens: Int?

  mutating func readResponse(_ cursor: inout JSONCursor) throws {
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
      throw UnacceptableData(
        field: "status_code", found: "\(status)", expected: "200: a response",
        remedy: "send the request again; --skip-invalid leaves it out")
    }
    guard var body else { throw UnacceptableData.missing("body", expected: "the response's body") }
    try UnacceptableData.under("body") { try readBody(&body) }
  }

  private mutating func readBody(_ cursor: inout JSONCursor) throws {
    try cursor.object { cursor, key in
      switch key {
      case "model": model = try cursor.optionalString()
      case "choices": try cursor.array { cursor, _ in choices.append(try Self.choice(&cursor)) }
      case "usage":
        if try cursor.takeNull() { return }
        try cursor.object { cursor, key in
          guard case "completion_tokens" = key else { return try cursor.skip() }
          tokens = try cursor.takeNull() ? nil : cursor.naturalNumber()
        }
      default: try cursor.skip()
      }
    }
    try RepeatedRecords.checkNumbers(choices.map(\.index), list: "choices", key: "index")
  }

  private static func choice(_ cursor: inout JSONCursor) throws -> Choice {
    var choice = Choice()
    var text: String?
    var reason: String?
    var stoppedAt: String?
    var namesStop = false
    var hasNoContent = false
    try cursor.object { cursor, key in
      switch key {
      case "index": choice.index = try cursor.optionalInteger()
      case "text": text = try cursor.string()
      case "message":
        try cursor.object { cursor, key in
          guard case "content" = key else { return try cursor.skip() }
          text = try cursor.optionalString()
          hasNoContent = text == nil
        }
      case "finish_reason": reason = try cursor.optionalString()
      case "stop_reason":
        namesStop = true
        stoppedAt = try cursor.label()
      case "logprobs": choice.logProbabilities = try logProbabilities(&cursor)
      default: try cursor.skip()
      }
    }
    guard let text else {
      guard hasNoContent else { throw UnacceptableData.missing("text", expected: "`text` or `message.content`") }
      throw UnacceptableData(
        field: "message.content", found: "null", expected: "a text (a call of a tool has none)",
        remedy: "send the request again without tools; --skip-invalid leaves it out")
    }
    choice.text = text
    choice.finish = finish(reason, stoppedAt)
    choice.namesStop = namesStop
    return choice
  }

  /// vLLM names the stop string in `stop_reason`: such a text is a step, not the end of a rollout. A number there is an
  /// end token.
  private static func finish(_ reason: String?, _ stoppedAt: String?) -> Finish {
    switch reason {
    case "stop": stoppedAt == nil || Int(stoppedAt ?? "") != nil ? .stop : .open
    case "length": .length
    default: .open
    }
  }

  /// `content[].logprob` of the chat interface, `token_logprobs` of the completion interface.
  private static func logProbabilities(_ cursor: inout JSONCursor) throws -> [Double]? {
    if try cursor.takeNull() { return nil }
    var list: [Double]?
    try cursor.object { cursor, key in
      switch key {
      case "content":
        if try cursor.takeNull() { return }
        var values: [Double] = []
        try cursor.array { cursor, _ in
          try cursor.object { cursor, key in
            guard case "logprob" = key else { return try cursor.skip() }
            values.append(try cursor.logProbability())
          }
        }
        list = values
      case "token_logprobs":
        if try cursor.takeNull() { return }
        var values: [Double] = []
        try cursor.array { cursor, _ in
          if let value = try cursor.optionalLogProbability() { values.append(value) }
        }
        list = values
      default: try cursor.skip()
      }
    }
    return list
  }
}
