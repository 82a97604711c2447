/// What a prediction is about, as its name tells.
enum PredictionTarget: Hashable, Sendable {
  /// The answer that a rule chooses among the first completions of the source, or among all.
  case choice(ChoiceRule, first: Int?)
  /// Whether the answer that a rule chooses among all completions of the source is right: 1 or 0.
  case verdict(ChoiceRule)
  /// The answer of one rollout of the source.
  case rollout(Int)

  /// Reads a name; `nil` for one that says nothing which could be compared.
  ///
  /// search-and-learn's `pred_naive@n`, `pred_weighted@n`, `pred_maj@n` and `pred`; `pred[i]` of Qwen2.5-Math,
  /// `extracted_answer[i]` of compute-optimal-tts, `filtered_resps[i]` of lm-evaluation-harness; compute-optimal-tts'
  /// results.
  init?(name: String) {
    if let rule = ChoiceRule.ofResults[name] {
      self = .verdict(rule)
    } else if name == "pred" {
      self = .choice(.naive, first: nil)
    } else if let (stem, number) = Self.parts(of: name, from: "@", to: ""), number > 0 {
      guard let rule = Self.rules[stem] else { return nil }
      self = .choice(rule, first: number)
    } else if let (stem, number) = Self.parts(of: name, from: "[", to: "]"), Self.lists.contains(stem) {
      self = .rollout(number)
    } else {
      return nil
    }
  }

  private static let rules: [String: ChoiceRule] = [
    "pred_naive": .naive, "pred_weighted": .weighted, "pred_maj": .majority,
  ]
  private static let lists: Set<String> = ["pred", "extracted_answer", "filtered_resps"]

  /// The name under which predictions are counted together: `pred[]` for `pred[3]`.
  static func family(of name: String) -> String {
    guard let (stem, _) = parts(of: name, from: "[", to: "]") else { return name }
    return stem + "[]"
  }

  /// By which names are ordered: `pred_maj@16` comes after `pred_maj@2`.
  static func order(of name: String) -> (stem: String, number: Int) {
    parts(of: name, from: "@", to: "") ?? (name, 0)
  }

  private static func parts(of name: String, from mark: Character, to end: String) -> (stem: String, number: Int)? {
    guard let start = name.firstIndex(of: mark), name.hasSuffix(end) else { return nil }
    let digits = name[name.index(after: start)...].dropLast(end.count)
    guard let number = Int(digits), number >= 0 else { return nil }
    return (String(name[..<start]), number)
  }
}
