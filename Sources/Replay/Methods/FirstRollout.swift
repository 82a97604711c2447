/// pass@1: whether a random rollout is right; the budget changes nothing. The closed form is c / K.
struct FirstRollout: ReplayMethod {
  func absence(budget: Int, record: RecordSummary) -> Absence? {
    record.rollouts < 1 ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(1, into: &workspace.order)
    return .verdict(engine.selection.answerClass[Int(workspace.order[0])] == 0)
  }
}

extension FirstRollout {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "first", "a random rollout (pass@1)", source: .rollouts, needs: [], closedForm: { _ in .first },
    make: { _ in
      FirstRollout()
    })
}
