import Estimation
import TraceFormats
import Traces

/// Continuations of one recorded prefix that are to be generated.
public struct WantedContinuation: Hashable, Sendable {
  /// What the request is called, so that the answer finds its place.
  public var name: ContinuationName
  /// How many continuations are missing.
  public var count: Int
  /// The statement of the problem.
  public var statement: String
  /// The steps so far, each followed by the delimiter.
  public var prefix: String
  /// The recording continued.
  public var recording: Recording
}

extension WantedContinuation {
  /// The most choices that servers commonly give to one request.
  static let choicesPerRequest = 128

  /// The requests: one line of a batch file each.
  func requests(_ request: WantsRequest, model: String) -> [String] {
    stride(from: 0, to: count, by: Self.choicesPerRequest).enumerated().map { copy, first in
      var name = name
      name.copy = copy
      let choices = min(Self.choicesPerRequest, count - first)
      let body: JSONValue = .object(
        [.init("model", .string(model))] + input(request) + [.init("n", .integer(choices))] + sampling(request))
      return JSONValue.object([
        .init("custom_id", .string(name.text)), .init("method", .string("POST")),
        .init("url", .string(request.isChat ? "/v1/chat/completions" : "/v1/completions")), .init("body", body),
      ]).text() + "\n"
    }
  }

  private func input(_ request: WantsRequest) -> [JSONValue.Member] {
    guard request.isChat else {
      return [.init("prompt", .string(request.prompt.prompt(problem: statement, prefix: prefix)))]
    }
    // vLLM continues an unfinished last message when told so; the two flags are its own.
    let question = request.prompt.prompt(problem: statement, prefix: "")
    var messages = [Self.message("user", question)]
    guard !prefix.isEmpty else { return [.init("messages", .array(messages))] }
    messages.append(Self.message("assistant", prefix))
    return [
      .init("messages", .array(messages)), .init("add_generation_prompt", .bool(false)),
      .init("continue_final_message", .bool(true)),
    ]
  }

  private static func message(_ role: String, _ content: String) -> JSONValue {
    .object([.init("role", .string(role)), .init("content", .string(content))])
  }

  private func sampling(_ request: WantsRequest) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let temperature = recording.temperature { members.append(.init("temperature", .number(temperature))) }
    if let topP = recording.topP { members.append(.init("top_p", .number(topP))) }
    if !request.goesOn, !recording.delimiter.isEmpty {
      members.append(.init("stop", .array([.string(recording.delimiter)])))
    }
    members.append(.init("max_tokens", .integer(request.maximumTokens)))
    return members
  }
}
