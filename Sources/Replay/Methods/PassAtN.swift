/// pass@N, the oracle: whether any of N rollouts is right.
///
/// M. Chen et al., arXiv 2107.03374. The closed form over all subsets is 1 - C(K - c, N) / C(K, N).
struct PassAtN: ReplayMethod {
  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(budget, into: &workspace.order)
    return .verdict(workspace.order.contains { engine.selection.answerClass[Int($0)] == 0 })
  }
}

extension PassAtN {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "pass", "pass@N (oracle)", source: .rollouts, needs: [], closedForm: { _ in .pass },
    make: { _ in
      PassAtN()
    })
}
