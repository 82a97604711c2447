/// The recorded greedy rollout: right as recorded. Several of them (temperature 0 is not always deterministic) share.
struct GreedyRollout: ReplayMethod {
  var isDeterministic: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    record.greedyRollouts == 0 ? .noGreedyRollout : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.pay(forRollout: Int(engine.selection.greedy[0]))
    var right = 0
    for rollout in engine.selection.greedy where engine.selection.answerClass[Int(rollout)] == 0 { right += 1 }
    let share = Double(right) / Double(engine.selection.greedy.count)
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
