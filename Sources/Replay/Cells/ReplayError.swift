import Foundation
import Traces

/// A replay that was asked for and cannot be done as asked.
public enum ReplayError: Error, Hashable, Sendable {
  /// No method has this name.
  case unknownMethod(String, known: [String])
  /// The method has no such option, with the preset whose rules apply or without one.
  case unknownOption(String, method: String, preset: String? = nil, known: [String])
  /// The method has the option, but not with these rules.
  case optionOfOtherRules(String, method: String, preset: String?, only: String, known: [String])
  /// The option does not take this value; the words that it takes, where it takes words.
  case unacceptableValue(String, option: String, method: String, expected: String, words: [String] = [])
  /// The preset says nothing about this method.
  case presetNotDefined(preset: String, method: String, defined: [String])
  /// The preset is what it is because of this option's value.
  case presetFixesOption(preset: String, method: String, option: String, value: String)
  /// The option would change nothing beside another setting.
  case noEffect(option: String, method: String, because: String)
  /// The preset's program knows one aggregation only.
  case presetFixesAggregation(preset: String, method: String, only: String, found: String)
  /// No continuation policy has this name.
  case unknownPolicy(String, known: [String])
  /// The scorer is not recorded for the problem.
  case unknownScorer(String?, problem: String, known: [String])
  /// Several scorers are recorded and none was named.
  case ambiguousScorer(problem: String, known: [String])
  /// The scorer lacks the channel that the aggregation reads.
  case noChannel(ScoreChannel, scorer: String, aggregation: String, recorded: [String])
  /// The aggregation means nothing for scores of this scale.
  case scaleMismatch(aggregation: String, scorer: String, scale: ScoreScale)
  /// Policy `matched` was asked for without a model of hidden states for the column.
  case noStateModel(scorer: String, channel: ScoreChannel)
  /// Some steps of the problem have no score.
  case scoresMissing(problem: String, scorer: String, channel: ScoreChannel, missing: Int, steps: Int)
  /// The method needs log-probabilities, and some steps have none.
  case logProbabilitiesMissing(problem: String, method: String, missing: Int, steps: Int)
  /// The method needs token counts, and some steps have none.
  case tokensMissing(problem: String, method: String, missing: Int, steps: Int)
  /// The method takes no notes of its runs.
  case notRecorded(method: String, known: [String])
}

extension ReplayError: LocalizedError {
  /// What was asked for, what there is, and what to do.
  public var errorDescription: String? {
    switch self {
    case .unknownMethod, .unacceptableValue, .presetNotDefined, .unknownPolicy, .notRecorded: settingText
    case .unknownOption, .optionOfOtherRules: optionText
    case .presetFixesAggregation, .presetFixesOption, .noEffect: conflictText
    case .unknownScorer, .ambiguousScorer, .noChannel, .scaleMismatch: scorerText
    case .noStateModel, .scoresMissing, .logProbabilitiesMissing, .tokensMissing: recordText
    }
  }

  private var settingText: String? {
    switch self {
    case .unknownMethod(let name, let known):
      "there is no method '\(name)'\(Self.hint(name, known)); known are \(known.joined(separator: ", "))"
    case .unacceptableValue(let value, let option, let method, let expected, let words):
      "\(method): option \(option) was set to '\(value)'\(Self.hint(value, words)); expected \(expected)"
    case .presetNotDefined(let preset, let method, let defined):
      Self.presetText(preset, method, defined) + "; "
        + (defined.isEmpty ? "\(method) has no presets" : "\(method) has \(defined.joined(separator: ", "))")
        + Self.definedText(preset)
    case .unknownPolicy(let name, let known):
      "there is no continuation policy '\(name)'\(Self.hint(name, known)); known are \(known.joined(separator: ", "))"
    case .notRecorded(let method, let known):
      "runs of \(method) cannot be followed particle by particle; those of \(known.joined(separator: ", ")) can"
    default: nil
    }
  }

  private var optionText: String? {
    switch self {
    case .unknownOption(let name, let method, let preset, let known):
      "\(method) has no option '\(name)'\(Self.hint(name, known)); "
        + Self.listed(known, preset == nil ? "" : Self.rules(preset))
    case .optionOfOtherRules(let name, let method, let preset, let only, let known):
      "\(method) has no option '\(name)' \(Self.rules(preset)), only \(only); "
        + Self.listed(known, Self.rules(preset))
    default: nil
    }
  }

  private static func rules(_ preset: String?) -> String { preset.map { "with preset '\($0)'" } ?? "without a preset" }

  private static func listed(_ known: [String], _ rules: String) -> String {
    "\(rules)\(rules.isEmpty ? "" : " ")it has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
  }

  private var conflictText: String? {
    switch self {
    case .presetFixesAggregation(let preset, let method, let only, let found):
      "preset '\(preset)' of \(method) always aggregates by '\(only)', whatever is set; it was asked for '\(found)'"
    case .presetFixesOption(let preset, let method, let option, let value):
      "preset '\(preset)' of \(method) has \(option) = \(value); leave the preset out to set \(option)"
    case .noEffect(let option, let method, let reason):
      "\(method): \(option) would change nothing, since \(reason); leave \(option) out"
    default: nil
    }
  }

  private var scorerText: String? {
    switch self {
    case .unknownScorer(let name, let problem, let known):
      "problem \(problem): " + (name.map { "no scores of '\($0)'\(Self.hint($0, known))" } ?? "no scores")
        + (known.isEmpty
          ? "; nothing is scored: import scores first" : "; recorded are \(known.joined(separator: ", "))")
    case .ambiguousScorer(let problem, let known):
      "problem \(problem): several scorers are recorded (\(known.joined(separator: ", "))); name one of them"
    case .noChannel(let channel, let scorer, let aggregation, let recorded):
      "aggregation '\(aggregation)' reads the \(channel.rawValue) channel of \(scorer), which is not recorded; "
        + "recorded are \(recorded.joined(separator: ", ")); score the \(channel.rawValue) channel and import it"
    case .scaleMismatch(let aggregation, let scorer, let scale):
      "aggregation '\(aggregation)' needs probabilities; \(scorer) is declared \(scale.rawValue): take last, min, max, "
        + "mean, first or window(k)"
    default: nil
    }
  }

  private var recordText: String? {
    switch self {
    case .noStateModel(let scorer, let channel):
      "policy matched needs a model of hidden states fitted to the \(channel.rawValue) channel of \(scorer); fit one to "
        + "all problems, or choose nearest, shared or strict"
    case .scoresMissing(let problem, let scorer, let channel, let missing, let steps):
      "problem \(problem): \(missing) of \(steps) steps have no \(channel.rawValue) score of \(scorer); import them, "
        + "or choose a recording that is scored throughout"
    case .logProbabilitiesMissing(let problem, let method, let missing, let steps):
      "problem \(problem): \(method) needs log-probabilities; \(missing) of \(steps) steps have none"
    case .tokensMissing(let problem, let method, let missing, let steps):
      "problem \(problem): \(method) needs token counts; \(missing) of \(steps) steps have none"
    default: nil
    }
  }

  /// Presets whose definition is how answers are extracted and compared.
  private static let extractionPresets: Set<String> = ["qwen"]

  private static func presetText(_ preset: String, _ method: String, _ defined: [String]) -> String {
    guard extractionPresets.contains(preset) else {
      let near = hint(preset, defined)
      return "preset '\(preset)' does not define \(method)" + (near.isEmpty ? hint(preset, allPresets) : near)
    }
    return
      "preset '\(preset)' says how answers are found in texts (grade --extraction \(preset)) and defines no method, so "
      + "not \(method)"
  }

  /// The methods that a preset does define.
  private static func definedText(_ preset: String) -> String {
    let names = MethodRegistry.methods.filter { $0.presets.contains { $0.name == preset } }.map(\.name)
    return names.isEmpty ? "" : "; preset '\(preset)' defines \(names.joined(separator: ", "))"
  }

  /// All presets: those of methods and those of extraction.
  private static var allPresets: [String] {
    Set(MethodRegistry.methods.flatMap { $0.presets.map(\.name) }).union(extractionPresets).sorted()
  }

  private static func hint(_ name: String, _ known: [String]) -> String { NearestName.hint(name, among: known) }
}
