import Traces

/// One cell of a study: a method with everything that its result on a problem depends on, but the budget.
public struct MethodCell: Sendable {
  /// The method.
  public let descriptor: MethodDescriptor
  /// Its options, resolved.
  public let settings: MethodSettings
  /// How steps become one number.
  public let aggregation: Aggregation
  /// The reward model; `nil` where only one is recorded.
  public let scorer: String?
  /// What candidates do whose recorded continuations are used up.
  public let continuation: ContinuationPolicy
  let method: any ReplayMethod
  /// Whose scores the cell reads.
  public let reading: ScoreReading
  /// The settings as the key of random streams has them: without the scorer's name, so that a number does not depend on
  /// how many scorers are recorded, and scorers are compared on the same random numbers.
  private(set) var streamText: String

  /// Checks and resolves a cell.
  ///
  /// - Parameters:
  ///   - method: A name of the registry.
  ///   - preset: A published program whose rules apply.
  ///   - aggregation: How steps become one number; methods without scores ignore none since they never see it.
  ///   - scorer: The reward model; `nil` where only one is recorded.
  ///   - options: The method's options as `name: value`.
  ///   - continuation: What candidates do whose recorded continuations are used up.
  /// - Throws: `ReplayError` naming what is unknown and the nearest that is known.
  public init(
    method: String,
    preset: String? = nil,
    aggregation: Aggregation = .last,
    scorer: String? = nil,
    options: [String: String] = [:],
    continuation: ContinuationPolicy = .matched
  ) throws(ReplayError) {
    descriptor = try MethodRegistry.descriptor(named: method)
    settings = try MethodSettings(descriptor, preset: preset, options: options, continuation: continuation)
    let fixed = descriptor.presets.first { $0.name == preset }?.fixedAggregation
    if let preset, let fixed, fixed != aggregation {
      throw .presetFixesAggregation(preset: preset, method: method, only: fixed.name, found: aggregation.name)
    }
    self.aggregation = aggregation
    self.scorer = scorer
    self.continuation = continuation
    self.method = try descriptor.make(settings)
    reading = descriptor.readsScores(settings)
    streamText = ""
    streamText = text(scorer: "")
  }

  /// The same cell with another continuation policy; an option that only the former policy has goes with it.
  ///
  /// - Throws: `ReplayError` never for a cell that is one.
  public func following(_ policy: ContinuationPolicy) throws(ReplayError) -> MethodCell {
    var options = settings.explicitValues
    if policy != .nearest { options[MethodOption.neighbours.name] = nil }
    return try MethodCell(
      method: descriptor.name, preset: settings.preset, aggregation: aggregation, scorer: scorer, options: options,
      continuation: policy)
  }

  /// The closed form that gives the expectation over all subsets, where the method has one with these settings.
  public var closedForm: ClosedForm? { descriptor.closedForm(settings) }

  /// What makes a budget that can run a doubtful choice, in words; `nil` where nothing does.
  public func caution(budget: Int) -> String? { method.caution(budget: budget) }

  /// The preset's program and version; `nil` without a preset.
  public var presetVersion: String? {
    descriptor.presets.first { $0.name == settings.preset }?.version
  }

  /// Whether candidates are judged with greedy steps after them, which a recording at temperature 0 may hold.
  public var readsGreedyRollouts: Bool { settings.whole(MethodOption.lookAhead.name) > 0 }

  /// Everything that the result depends on but problem, seed, budget and replicate, in one line.
  public var canonicalText: String { text(scorer: scorer ?? "") }

  private func text(scorer: String) -> String {
    var parts = [settings.canonicalText]
    if let preset = settings.preset { parts.append("preset=" + preset + "@" + (presetVersion ?? "")) }
    if reading != .none {
      parts.append("aggregate=" + aggregation.name)
      parts.append("scorer=" + scorer)
    }
    if descriptor.source == .steps { parts.append("continuation=" + continuation.name) }
    return parts.joined(separator: ";")
  }
}

extension MethodCell {
  /// Whether weights depend on the recorded successors of a candidate, or on greedy steps after it.
  public var looksAhead: Bool { settings.flag("lookAhead") || readsGreedyRollouts }
}

extension MethodOption {
  /// The option of all methods that draw steps: how many donors a loan is drawn from.
  static let neighbours = MethodOption(
    "donors", .whole(1...1_000), standard: "8", "how many of the nearest donors a borrowed step is drawn from")
}

extension MethodCell {
  /// Options about probabilities change nothing where scores are none.
  ///
  /// - Throws: `ReplayError.noEffect` where the user set one.
  func checkScale(_ column: ScoreColumn) throws(ReplayError) {
    guard column.scale != .probability else { return }
    let reason = "scores of \(column.scorer) are \(column.scale.rawValue), no probabilities"
    for option in ["clip", "weighting"] { try settings.refuse(option, because: reason) }
    if settings.call("weights").name == "logit" { try settings.refuse("weights", because: reason) }
  }

  var neighbours: Int { descriptor.source == .steps ? max(1, settings.whole("donors")) : 1 }
}
