import Traces

/// What a method is, as data: the line of the registry.
public struct MethodDescriptor: Sendable {
  /// What a method needs to be recorded.
  public enum Need: String, Hashable, Sendable {
    /// Scores of a reward model.
    case scores
    /// Log-probabilities of steps.
    case logProbabilities
    /// Tokens of steps.
    case tokens
  }

  /// What the method draws from.
  public enum Source: String, Hashable, Sendable {
    /// Steps of the tree, by continuation: coverage and continuation policies apply.
    case steps
    /// Complete rollouts, without replacement.
    case rollouts
  }

  /// A published program's values for the method's options.
  public struct Preset: Hashable, Sendable {
    /// The preset's name.
    public var name: String
    /// The program and its version, part of every result.
    public var version: String
    /// Its values where they differ from the standard ones. Options that only presets know are named `rules`.
    public var values: [String: String]
    /// The only aggregation that the program knows; `nil` where it follows the setting.
    public var fixedAggregation: Aggregation?

    init(
      _ name: String,
      version: String,
      _ values: [String: String] = [:],
      fixedAggregation: Aggregation? = nil
    ) {
      self.fixedAggregation = fixedAggregation
      self.name = name
      self.version = version
      self.values = values
    }
  }

  /// The name that the command line takes.
  public let name: String
  /// The method in a few words.
  public let title: String
  /// What it draws from.
  public let source: Source
  /// What it needs with some settings; `reading` says of scores what they need.
  public let needs: Set<Need>
  /// Its options.
  public let options: [MethodOption]
  /// The published programs whose behaviour it can reproduce.
  public let presets: [Preset]
  /// The closed form that holds for the settings, where there is one.
  let closedForm: @Sendable (MethodSettings) -> ClosedForm?
  /// Whose scores the settings read, of a method that needs scores.
  let reading: @Sendable (MethodSettings) -> ScoreReading
  /// What some settings need beside `needs`.
  let furtherNeeds: @Sendable (MethodSettings) -> Set<Need>
  /// Whether a choice among rollouts counts equal paths once, so that it matters which are merged; `nil` where it never
  /// does.
  let countsPathsOnce: (@Sendable (MethodSettings) -> Bool)?
  let make: @Sendable (MethodSettings) throws(ReplayError) -> any ReplayMethod

  init(
    _ name: String,
    _ title: String,
    source: Source,
    needs: Set<Need>,
    options: [MethodOption] = [],
    presets: [Preset] = [],
    closedForm: @escaping @Sendable (MethodSettings) -> ClosedForm? = { _ in nil },
    reading: @escaping @Sendable (MethodSettings) -> ScoreReading = { _ in .oneScorer },
    furtherNeeds: @escaping @Sendable (MethodSettings) -> Set<Need> = { _ in [] },
    countsPathsOnce: (@Sendable (MethodSettings) -> Bool)? = nil,
    make: @escaping @Sendable (MethodSettings) throws(ReplayError) -> any ReplayMethod
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.needs = needs
    self.options = options
    self.presets = presets
    self.closedForm = closedForm
    self.reading = reading
    self.furtherNeeds = furtherNeeds
    self.countsPathsOnce = countsPathsOnce
    self.make = make
  }
}

extension MethodDescriptor {
  /// The names of the options that a user can set, with a preset or without one: what the preset's program fixes is not
  /// among them.
  public func settableOptions(preset: String?) -> [String] {
    let fixed = presets.first { $0.name == preset }?.values ?? [:]
    return options.filter { $0.availability.includes(preset) && fixed[$0.name] == nil }.map(\.name)
  }

  /// The refusal of an option that is none of those.
  func lacking(_ option: String, preset: String?) -> ReplayError {
    let known = settableOptions(preset: preset)
    guard let declared = options.first(where: { $0.name == option }) else {
      return .unknownOption(option, method: name, preset: preset, known: known)
    }
    return .optionOfOtherRules(
      option, method: name, preset: preset, only: declared.availability.text, known: known)
  }
}

/// Whose scores a method reads.
public enum ScoreReading: Hashable, Sendable {
  /// Nobody's.
  case none
  /// Those of the chosen reward model.
  case oneScorer
  /// Those of all reward models that are recorded throughout.
  case allScorers
}

/// An expectation over all subsets of the recorded rollouts that has a closed form, so that no replicate is needed.
public enum ClosedForm: Hashable, Sendable {
  /// Any of N right.
  case pass
  /// A random rollout right.
  case first
  /// The rollout with the highest aggregated score right, ties shared equally.
  case bestOfN
  /// The largest class right, ties shared equally.
  case majority
  /// The vote of the shortest rollouts right, equal lengths in random order; with one voter that rollout right.
  case shortest(voters: Int)
  /// The first rollout whose aggregated score is above a threshold right, or the highest of all where none is.
  case firstAbove(threshold: Double)
}
