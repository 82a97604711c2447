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
    let selection = engine.selection
    var room = [Int](repeating: 0, count: selection.recordings.count)
    for recording in selection.recording { room[Int(recording)] = 1 }
    let share = budget / max(room.reduce(0, +), 1)
    room = room.map { $0 * share }
    // All rollouts in random order, of which each recording gives its share.
    engine.subset.drawAll(into: &workspace.order, stream: &engine.stream)
    var kept = 0
    for i in workspace.order.indices {
      let rollout = Int(workspace.order[i])
      guard room[Int(selection.recording[rollout])] > 0 else { continue }
      room[Int(selection.recording[rollout])] -= 1
      workspace.order[kept] = workspace.order[i]
      kept += 1
      engine.pay(forRollout: rollout)
    }
    workspace.order.removeLast(workspace.order.count - kept)
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
