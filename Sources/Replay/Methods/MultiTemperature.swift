import Traces

/// The budget split evenly over recordings at different temperatures, then the rule of another method over all drawn
/// rollouts.
///
/// Rules that stop early or rank rollouts of equal length by their order see the rollouts of all recordings in one
/// random order.
struct MultiTemperature: ReplayMethod {
  let rule: any ReplayMethod
  /// Whether the order of the drawn rollouts decides which answer or are paid for.
  let followsOrder: Bool

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    let recordings = record.rolloutsByRecording.filter { $0 > 0 }
    guard recordings.count > 1 else { return .tooFewRecordings(recorded: recordings.count, needed: 2) }
    guard budget % recordings.count == 0 else {
      return .notMultiple(of: recordings.count, option: "the number of recordings")
    }
    let enough = recordings.count { $0 >= budget / recordings.count }
    return enough < recordings.count ? .tooFewRecordings(recorded: enough, needed: recordings.count) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    prepare(budget, engine: &engine, workspace: &workspace)
    if followsOrder { shuffle(&engine) }
    return rule.run(budget: budget, engine: &engine, workspace: &workspace)
  }

  /// Goes through all rollouts in random order, of which each recording gives its share.
  private func prepare(_ budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) {
    let recordings = engine.selection.recordings.count
    let share = budget / max(engine.selection.usedRecordings, 1)
    workspace.reserveShares(recordings)
    for recording in 0..<recordings { workspace.shares[recording] = Int32(truncatingIfNeeded: share) }
    var position = 0
    while engine.prepared.count < budget, position < engine.subset.count {
      let rollout = engine.subset.draw(position, stream: &engine.stream)
      position += 1
      let recording = Int(engine.selection.recording[rollout])
      guard workspace.shares[recording] > 0 else { continue }
      workspace.shares[recording] -= 1
      engine.prepared.append(Int32(truncatingIfNeeded: rollout))
    }
  }

  /// Larger recordings run out of their share earlier, so the order of the draws is not the order of a random choice.
  private func shuffle(_ engine: inout ReplayEngine) {
    for i in stride(from: engine.prepared.count - 1, to: 0, by: -1) {
      let other = engine.stream.below(i + 1)
      let moved = engine.prepared[i]
      engine.prepared[i] = engine.prepared[other]
      engine.prepared[other] = moved
    }
  }
}

extension MultiTemperature {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "multiTemperature", "several temperatures", source: .rollouts, needs: [.scores],
    options: [
      MethodOption("rule", .call(forms), standard: "majority", "how the answer is chosen among the drawn rollouts"),
      WeightedBestOfN.weights,
    ] + PerplexityVote.options,
    reading: { ["bon", "wbon", "adaptiveBon"].contains($0.call("rule").name) ? .oneScorer : .none },
    furtherNeeds: needs,
    countsPathsOnce: { $0.call("rule").name == "perplexityVote" },
    make: { settings throws(ReplayError) in
      try MultiTemperature(settings)
    })

  private static let forms: [MethodOption.CallForm] = [
    .init("majority"), .init("bon"), .init("wbon"), .init("pass"), .init("first"), .init("perplexityVote"),
    .init("firstFinish"), .init("firstFinish", .init("k", 1...100_000, isWhole: true)),
    .init("adaptiveVote"), .init("adaptiveVote", .init("threshold", 0.5...1)),
    .init("adaptiveBon"), .init("adaptiveBon", .init("threshold", -1e9...1e9)),
  ]

  private init(_ settings: MethodSettings) throws(ReplayError) {
    let call = settings.call("rule")
    let reason = "the rule is \(call.name)"
    if call.name != "wbon" { try settings.refuse("weights", because: reason) }
    if call.name != "perplexityVote" {
      for option in PerplexityVote.options { try settings.refuse(option.name, because: reason) }
    }
    rule = Self.rule(call, settings)
    followsOrder = ["first", "firstFinish", "adaptiveVote", "adaptiveBon"].contains(call.name)
  }

  private static func rule(_ call: OptionCall, _ settings: MethodSettings) -> any ReplayMethod {
    switch call.name {
    case "bon": RolloutSelection(.bon, preset: nil)
    case "wbon": WeightedBestOfN(settings.call("weights"))
    case "pass": PassAtN()
    case "first": FirstRollout()
    case "perplexityVote": PerplexityVote(settings)
    case "firstFinish": FirstFinishSearch(voters: call.arguments.first.map { Int($0) } ?? 1)
    case "adaptiveVote": AdaptiveVote(rule: .beta, threshold: call.arguments.first ?? AdaptiveVote.standardThreshold)
    case "adaptiveBon": AdaptiveBestOfN(threshold: call.arguments.first ?? AdaptiveBestOfN.standardThreshold)
    default: RolloutSelection(.majority, preset: nil)
    }
  }

  @Sendable
  private static func needs(_ settings: MethodSettings) -> Set<MethodDescriptor.Need> {
    switch settings.call("rule").name {
    case "firstFinish": [.tokens]
    case "perplexityVote":
      PerplexityVote.averagesOverTokens(settings) ? [.logProbabilities, .tokens] : [.logProbabilities]
    default: []
    }
  }
}
