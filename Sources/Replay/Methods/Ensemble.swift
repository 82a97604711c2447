import Traces

/// The rollouts of several recordings pooled, judged by one scorer or by the mean of several scorers' ranks.
///
/// J. Saad-Falcon et al., arXiv 2409.15254 (Archon) combine generators and judges like this.
struct Ensemble: ReplayMethod {
  let rule: SelectionRule
  let readsAllScorers: Bool

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    let recordings = record.rolloutsByRecording.count { $0 > 0 }
    if recordings < 2, !readsAllScorers { return .tooFewRecordings(recorded: recordings, needed: 2) }
    return budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(budget, into: &workspace.order)
    guard readsAllScorers else {
      return .verdict(rule.isRight(RolloutChoice(), engine: &engine, workspace: &workspace))
    }
    meanRanks(engine: engine, workspace: &workspace)
    if rule == .bon {
      return .verdict(engine.selection.answerClass[RolloutChoice().best(engine: &engine, workspace: workspace)] == 0)
    }
    return .verdict(RolloutChoice().isVoteRight(engine: &engine, workspace: &workspace))
  }

  /// Weights become twice the sum over scorers of a rollout's rank among those drawn, 1 the lowest, ties sharing their
  /// mean rank: whole numbers, in the order of the mean ranks and in their proportions.
  private func meanRanks(engine: borrowing ReplayEngine, workspace: inout Workspace) {
    let count = workspace.order.count
    for i in 0..<count { workspace.weights[i] = 0 }
    let scorers = engine.selection.tables.count
    for scorer in 0..<scorers {
      engine.selection.tables[scorer].mark(workspace.order, in: &workspace.marked)
      for i in 0..<count {
        let below = engine.selection.tables[scorer].below(Int(workspace.order[i]), in: workspace.marked)
        workspace.weights[i] += 2 * below + 1
      }
    }
  }
}

extension Ensemble {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "ensemble", "ensemble of recordings and scorers", source: .rollouts, needs: [.scores],
    options: [
      MethodOption(
        "rule", .choice(SelectionRule.allCases.map(\.rawValue)), standard: "bon",
        "how the answer is chosen among the drawn rollouts"),
      MethodOption(
        "scorers", .choice(["one", "all"]), standard: "one",
        "judge by the chosen scorer, or by the mean of all scorers' ranks"),
    ],
    reading: { settings in
      if settings.word("rule") == SelectionRule.majority.rawValue { return .none }
      return settings.word("scorers") == "all" ? .allScorers : .oneScorer
    },
    make: { settings throws(ReplayError) in
      let rule = SelectionRule(rawValue: settings.word("rule")) ?? .bon
      if rule == .majority { try settings.refuse("scorers", because: "a majority vote reads no scores") }
      return Ensemble(rule: rule, readsAllScorers: rule != .majority && settings.word("scorers") == "all")
    })
}
