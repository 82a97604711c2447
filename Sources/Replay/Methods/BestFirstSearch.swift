import Traces

/// Best-first search: the partial path with the highest aggregated score is continued, M steps at a time.
///
/// In the manner of A*-decoding (arXiv 2505.13672). The budget N pays for as many tokens as N recorded rollouts have on
/// average (steps, where no tokens are recorded). It ends when the best path is a finished one, which is the answer, or
/// the tokens are spent; then the best finished path answers, and none is a wrong answer. Every path is continued once.
///
/// - Complexity: O(log n) an expansion, n the paths waiting.
struct BestFirstSearch: ReplayMethod {
  let width: Int
  let maximumSteps: Int

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    if width > record.starts { return .tooFewStarts(recorded: record.starts) }
    return record.rollouts == 0 ? .tooFewRollouts(recorded: 0) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let limit = Double(budget) * engine.selection.meanCost
    workspace.beginRecord()
    workspace.frontier.removeAll()
    workspace.frontier.push(engine.scores.start, rank: 0, tie: 0)
    var isSpent = false
    while let best = workspace.frontier.pop() {
      if engine.isFinished(best) {
        workspace.recorder?.noteChosen(best, isSpent ? .budgetSpent : .bestOfAll)
        return .verdict(engine.isRight(best))
      }
      guard best.steps < maximumSteps else { continue }
      guard Double(cost(engine)) < limit else {
        isSpent = true
        continue
      }
      engine.tally.expansions += 1
      for _ in 0..<width {
        var next = best
        guard engine.advance(&next) else { return RunOutcome() }
        workspace.frontier.push(next, rank: engine.scores.rank(of: next), tie: engine.stream.nextBits())
      }
    }
    return .nothing
  }

  private func cost(_ engine: borrowing ReplayEngine) -> Int {
    engine.selection.hasTokens ? engine.tally.tokens : engine.tally.coverage.total
  }
}

extension BestFirstSearch {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "bestFirst", "best-first search", source: .steps, needs: [.scores],
    options: [
      MethodOption("width", .whole(1...100_000), standard: "4", "continuations drawn after the best path, M"),
      .maximumSteps, .neighbours,
    ]
  ) { settings in
    BestFirstSearch(width: settings.whole("width"), maximumSteps: settings.whole("maxSteps"))
  }
}
