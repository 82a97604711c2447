import Traces

/// The budget split evenly over recordings at different temperatures, then a selection rule over all drawn rollouts.
struct MultiTemperature: ReplayMethod {
  let rule: SelectionRule

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
    let recordings = engine.selection.recordings.count
    let share = budget / max(engine.selection.usedRecordings, 1)
    workspace.reserveShares(recordings)
    for recording in 0..<recordings { workspace.shares[recording] = Int32(truncatingIfNeeded: share) }
    // Rollouts in random order, of which each recording gives its share.
    workspace.order.removeAll(keepingCapacity: true)
    var position = 0
    while workspace.order.count < budget, position < engine.subset.count {
      let rollout = engine.subset.draw(position, stream: &engine.stream)
      position += 1
      let recording = Int(engine.selection.recording[rollout])
      guard workspace.shares[recording] > 0 else { continue }
      workspace.shares[recording] -= 1
      workspace.order.append(Int32(truncatingIfNeeded: rollout))
      engine.pay(forRollout: rollout)
    }
    return .verdict(rule.isRight(RolloutChoice(), engine: &engine, workspace: &workspace))
  }
}

extension MultiTemperature {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "multiTemperature", "several temperatures", source: .rollouts, needs: [.scores],
    options: [
      MethodOption(
        "rule", .choice(SelectionRule.allCases.map(\.rawValue)), standard: "majority",
        "how the answer is chosen among the drawn rollouts")
    ],
    reading: { rule($0).readsScores ? .oneScorer : .none },
    furtherNeeds: { rule($0) == .firstFinish ? [.tokens] : [] },
    make: { settings in
      MultiTemperature(rule: rule(settings))
    })

  private static func rule(_ settings: MethodSettings) -> SelectionRule {
    SelectionRule(rawValue: settings.word("rule")) ?? .majority
  }
}
