/// The recorded greedy rollout: right as recorded. Several of them (temperature 0 is not always deterministic) share.
struct GreedyRollout: ReplayMethod {
  var isDeterministic: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    record.greedyRollouts == 0 ? .noGreedyRollout : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let selection = engine.selection
    let greedy = (0..<selection.count).filter {
      selection.recordings[Int(selection.recording[$0])].temperature == 0
    }
    engine.pay(forRollout: greedy[0])
    let share = Double(greedy.count { selection.answerClass[$0] == 0 }) / Double(greedy.count)
    return RunOutcome(right: share, expected: share)
  }
}

extension GreedyRollout {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "greedy", "the greedy rollout", source: .rollouts, needs: []
  ) { _ in
    GreedyRollout()
  }
}
