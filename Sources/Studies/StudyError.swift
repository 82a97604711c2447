import Foundation
import Replay
import Traces

/// Settings of a study that cannot be used.
public enum StudyError: Error, Hashable, Sendable {
  /// A list of budgets that cannot be read.
  case badBudgets(String)
  /// A name that the store does not hold, with the names that it does hold.
  case unknownName(kind: String, name: String, known: [String])
  /// A format that nobody reads.
  case unknownFormat(String, known: [String])
  /// An aggregation that does not exist.
  case unknownAggregation(String, known: [String])
  /// Budgets that a method can do nothing with.
  case impossibleBudgets(method: String, reason: String)
  /// Nothing to compute: the store or the slice is empty.
  case nothingToReplay(String)
  /// The scorer has seen nothing of what is to be replayed.
  case nothingScored(scorer: String, channel: ScoreChannel, recordings: [String], rollouts: Int)
  /// A comparison or a check of replays that were all left out, with the reasons.
  case nothingMeasured([String])
  /// None of the methods draws continuations.
  case noContinuations
  /// A setting of the study that none of its methods reads.
  case unread(setting: String, methods: [String], doing: String, readers: [String])
  /// A parameter count without the other that FLOPs need.
  case noFLOPs(given: String, missing: String, methods: [String])
  /// An option that is set twice, or for all methods and for each of them.
  case repeatedOption(String, reason: String)
  /// A problem whose statement is not recorded cannot be asked again.
  case noStatement(String)
  /// No model is named for requests.
  case noModelName(recording: String)
}

extension StudyError: LocalizedError {
  /// What was given, what was expected, and what to do.
  public var errorDescription: String? {
    switch self {
    case .badBudgets(let text):
      "budgets \"\(text)\": expected powers of two like 1...64, or numbers like 1,2,3, each from 1 to \(BudgetList.limit)"
    case .unknownName(let kind, let name, let known):
      "\(kind) \"\(name)\" is not in the store\(NearestName.hint(name, among: known)); it has "
        + (known.isEmpty ? "none" : known.joined(separator: ", "))
    case .unknownFormat(let name, let known):
      "format \"\(name)\" is unknown\(NearestName.hint(name, among: known)); expected auto or one of \(known.joined(separator: ", "))"
    case .unknownAggregation(let name, let known):
      "aggregation \"\(name)\" is unknown\(NearestName.hint(name, among: known)); expected one of \(known.joined(separator: ", "))"
    case .impossibleBudgets(let method, let reason):
      "\(method) cannot run at any of the budgets: \(reason)"
    case .nothingToReplay(let reason):
      reason
    case .nothingScored(let scorer, let channel, let recordings, let rollouts):
      "none of the \(rollouts.counted("rollout")) of \(recordings.joined(separator: ", ")) has \(channel.rawValue) scores "
        + "of \(scorer) for all its steps; import them, or choose a recording that it has scored"
    case .nothingMeasured(let reasons):
      (["nothing is left to measure:"] + reasons).joined(separator: "\n  ")
    case .noContinuations:
      "none of the methods draws continuations: only searches (pf, beam, dvts ...) can miss any"
    case .unread, .noFLOPs, .repeatedOption: settingText
    case .noStatement(let problem):
      "problem \(problem) has no statement in the store; ingest a file of problems that has it"
    case .noModelName(let recording):
      "recording \(recording) does not say which model made it; name it with --model"
    }
  }
}

extension StudyError {
  /// Why a setting is refused that would change nothing.
  private var settingText: String? {
    switch self {
    case .unread(let setting, let methods, let doing, let readers):
      "\(setting) would change nothing, since none of the methods (\(methods.joined(separator: ", "))) \(doing) with "
        + "these options; \(readers.joined(separator: ", ")) would; leave it out"
    case .noFLOPs(let given, let missing, let methods):
      "\(given) would change nothing: FLOPs of \(methods.joined(separator: ", ")) need \(missing), too; give both or "
        + "leave it out"
    case .repeatedOption(let option, let reason):
      "--set \(option) would do nothing: \(reason)"
    default: nil
    }
  }
}

extension StudyError: DataRefusal {}

extension ReplayError: DataRefusal {}
