/// First Finish Search: N rollouts run side by side and the first to finish answers; with k, the first k vote.
///
/// A. Agarwal, A. Sengupta and T. Chakraborty, arXiv 2505.18149. The first to finish is the one with the fewest tokens;
/// all others stop then, so every rollout pays for as many tokens as the last voter has at most.
struct FirstFinishSearch: ReplayMethod {
  let voters: Int

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(budget, into: &workspace.order)
    // Draws come in random order; a stable sort by length leaves equally long ones in it.
    workspace.ranks.removeAll(keepingCapacity: true)
    for rollout in workspace.order { workspace.ranks.append(-engine.selection.tokens[Int(rollout)]) }
    workspace.sortOrderByRanks()
    let count = min(voters, budget)
    let last = engine.selection.tokens[Int(workspace.order[count - 1])]
    payUntil(last, engine: &engine, workspace: workspace)
    workspace.order.removeLast(budget - count)
    return .verdict(SelectionRule.majority.isRight(RolloutChoice(), engine: &engine, workspace: &workspace))
  }

  private func payUntil(_ limit: Double, engine: inout ReplayEngine, workspace: borrowing Workspace) {
    engine.tally.tokens = workspace.order.reduce(0) { $0 + Int(min(engine.selection.tokens[Int($1)], limit)) }
  }
}

extension FirstFinishSearch {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "firstFinish", "first finish search", source: .rollouts, needs: [.tokens],
    options: [
      MethodOption("k", .whole(1...100_000), standard: "1", "how many of the first to finish vote")
    ], closedForm: { .shortest(voters: $0.whole("k")) },
    make: { settings in
      FirstFinishSearch(voters: settings.whole("k"))
    })
}
