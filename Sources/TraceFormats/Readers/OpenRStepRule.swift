import Traces

/// How the texts of OpenR and compute-optimal-tts are cut into the steps that their values belong to.
enum OpenRStepRule: Equatable, Sendable {
  /// OpenR's reward calls (54ae004, `reason/inference/rm_call.py`): parts between blank lines, blank parts passed over.
  case filledParagraphs
  /// One of the rules for completions of other programs.
  case completion(StepRule)
  /// compute-optimal-tts (0ee2578, `src/envs/base_env.py`): a mark after each step.
  case marks

  /// All rules, in the order of their bits; the first counts where several agree with a file.
  static let all: [OpenRStepRule] = [.filledParagraphs] + StepRule.allCases.map(OpenRStepRule.completion) + [.marks]

  /// The rule in words.
  var words: String {
    switch self {
    case .filledParagraphs: "parts between blank lines, blank parts not counted (OpenR)"
    case .completion(let rule): rule.words
    case .marks: "steps that end in the mark `\(MarkedText.mark)` (compute-optimal-tts)"
    }
  }

  /// The text between two steps.
  var delimiter: String {
    switch self {
    case .filledParagraphs: StepRule.paragraphs.delimiter
    case .completion(let rule): rule.delimiter
    case .marks: MarkedText.delimiter
    }
  }

  /// The rule's bit in a set of rules.
  var bit: UInt32 {
    switch self {
    case .filledParagraphs: 1
    case .completion(let rule): rule.bit << 1
    case .marks: (StepRule.all + 1) << 1
    }
  }

  /// The order in which rules are tried: by the number of records that agree with them exactly.
  static func preference(among records: [OpenRSteps]) -> [OpenRStepRule] {
    let votes = all.map { rule in records.count { $0.exact & rule.bit != 0 } }
    let order = all.indices.sorted { (votes[$1], $0) < (votes[$0], $1) }
    return order.map { all[$0] }
  }
}
