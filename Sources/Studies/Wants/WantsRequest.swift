import Traces

/// What a user asks to be generated: the continuations that a strict replay of methods misses.
public struct WantsRequest: Sendable {
  /// Methods, aggregations, budgets, replicates, options, recordings, slice and seed: as for the replay to come. Its
  /// continuation policy is `strict`.
  public var replay: ReplayRequest
  /// How a partial answer becomes a prompt.
  public var prompt = PromptTemplate()
  /// The model's name in the requests; `nil` takes the recording's.
  public var model: String?
  /// Whether requests are chats (`/v1/chat/completions`) instead of completions.
  public var isChat = false
  /// The most tokens of a step.
  public var maximumTokens = 2048
  /// Whether continuations go on to the end of the answer instead of stopping after one step.
  public var goesOn = false

  /// Creates a request.
  public init(_ replay: ReplayRequest) {
    self.replay = replay
    self.replay.continuation = "strict"
  }
}

/// How a partial answer becomes a prompt.
public struct PromptTemplate: Hashable, Sendable {
  /// The text with `{problem}` for the statement and `{prefix}` for the steps so far, each followed by the delimiter.
  public var text: String

  /// The statement, an empty line, and the steps so far.
  public static let standard = "{problem}\n\n{prefix}"

  /// The statement: the steps so far are a message of their own in a chat.
  public static let standardChat = "{problem}"

  /// Creates a template.
  public init(_ text: String = Self.standard) { self.text = text }

  /// Whether the template has a place for the steps so far, without which no continuation can be asked for.
  public var hasPrefix: Bool { text.contains("{prefix}") }

  /// Whether the template has a place for the statement.
  public var hasProblem: Bool { text.contains("{problem}") }

  /// The first word in braces that is nearly one of the two places, as written, and the place that it probably means;
  /// `nil` where there is none. Other braces, such as those of LaTeX, stand for themselves.
  public var slip: (written: String, meant: String)? {
    let places = ["{problem}", "{prefix}"]
    for match in text.matches(of: /\{[A-Za-z_]+\}/) where !places.contains(String(match.output)) {
      guard let name = NearestName.of(String(match.output.dropFirst().dropLast()), among: ["problem", "prefix"])
      else { continue }
      return (String(match.output), "{\(name)}")
    }
    return nil
  }

  /// Why requests cannot be made with the template; `nil` where they can.
  ///
  /// - Parameter isChat: Whether the steps so far are a message of their own.
  func fault(isChat: Bool) -> UnacceptableData? {
    if let slip {
      return UnacceptableData(
        found: slip.written, expected: "{problem} and {prefix}", remedy: "the nearest is \(slip.meant)")
    }
    if !hasProblem {
      return UnacceptableData(
        found: "a template without {problem}", expected: "{problem}, where the statement goes",
        remedy: "without it requests would not say what is asked")
    }
    guard !hasPrefix, !isChat else { return nil }
    return UnacceptableData(found: "a template without {prefix}", expected: "{prefix}, where the steps so far go")
  }

  /// The prompt of a partial answer.
  func prompt(problem: String, prefix: String) -> String {
    // One pass, so that a statement that holds `{prefix}` stays as it is.
    var prompt = ""
    var rest = text[...]
    while let brace = rest.firstIndex(of: "{") {
      prompt += rest[..<brace]
      rest = rest[brace...]
      if rest.hasPrefix("{problem}") {
        prompt += problem
        rest = rest.dropFirst("{problem}".count)
      } else if rest.hasPrefix("{prefix}") {
        prompt += prefix
        rest = rest.dropFirst("{prefix}".count)
      } else {
        prompt += "{"
        rest = rest.dropFirst()
      }
    }
    return prompt + rest
  }
}
