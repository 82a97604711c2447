import Traces

/// Best-of-N that stops at the first rollout whose aggregated score is above a threshold; the budget is the most that it
/// may draw. Where none is above, the highest answers.
struct AdaptiveBestOfN: ReplayMethod {
  let threshold: Double

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    workspace.order.removeAll(keepingCapacity: true)
    for i in 0..<budget {
      engine.drawRollout(into: &workspace.order)
      let rollout = Int(workspace.order[i])
      if engine.selection.score[rollout] > threshold {
        return .verdict(engine.selection.answerClass[rollout] == 0)
      }
    }
    return .verdict(SelectionRule.bon.isRight(RolloutChoice(), engine: &engine, workspace: &workspace))
  }
}

extension AdaptiveBestOfN {
  static let standardThreshold = 0.9

  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "adaptiveBon", "adaptive best-of-N", source: .rollouts, needs: [.scores],
    options: [
      MethodOption(
        "threshold", .number(-1e9...1e9), standard: String(standardThreshold),
        "the aggregated score that is good enough")
    ], closedForm: { .firstAbove(threshold: $0.number("threshold")) },
    make: { settings in
      AdaptiveBestOfN(threshold: settings.number("threshold"))
    })
}
