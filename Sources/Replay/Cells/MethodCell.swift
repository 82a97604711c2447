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

  /// The preset's program and version; `nil` without a preset.
  public var presetVersion: String? {
    descriptor.presets.first { $0.name == settings.preset }?.version
  }

  /// Everything that the result depends on but problem, seed, budget and replicate, in one line.
  public var canonicalText: String {
    var parts = [settings.canonicalText]
    if let preset = settings.preset { parts.append("preset=" + preset + "@" + (presetVersion ?? "")) }
    if descriptor.needs.contains(.scores) {
      parts.append("aggregate=" + aggregation.name)
      parts.append("scorer=" + (scorer ?? ""))
    }
    if descriptor.source == .steps { parts.append("continuation=" + continuation.name) }
    return parts.joined(separator: ";")
  }
}

extension MethodCell {
  /// Whether weights depend on the recorded successors of a candidate.
  public var looksAhead: Bool { settings.flag("lookAhead") }
}

extension MethodOption {
  /// The option of all methods that draw steps: how many donors a loan is drawn from.
  static let neighbours = MethodOption(
    "donors", .whole(1...1_000), standard: "8", "how many of the nearest donors a borrowed step is drawn from")
}

extension MethodCell {
  var neighbours: Int { descriptor.source == .steps ? max(1, settings.whole("donors")) : 1 }
}
