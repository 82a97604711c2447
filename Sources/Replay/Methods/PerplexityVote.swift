import Foundation
import Traces

/// Perplexity consistency: the class with the largest summed probability of its unique paths.
///
/// Z. Zhou et al., arXiv 2502.00511 (RPC). A path that was drawn twice counts once. `pruning=truncatedMean` leaves out
/// paths that are less probable than the mean of those drawn, which is the second half of RPC's pruning.
///
/// - Complexity: O(N log N) a run.
struct PerplexityVote: ReplayMethod {
  let prunesBelowMean: Bool

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(budget, into: &workspace.order)
    keepUniquePaths(engine: engine, workspace: &workspace)
    let count = workspace.order.count
    for i in 0..<count {
      workspace.weights[i] = engine.selection.logProbability[Int(workspace.order[i])]
    }
    ScoreWeights.exponentiate(workspace.weights, count: count, temperature: 1)
    if prunesBelowMean {
      let mean = ResamplingScheme.total(workspace.weights, count) / Double(count)
      for i in 0..<count where workspace.weights[i] < mean { workspace.weights[i] = 0 }
    }
    return .verdict(RolloutChoice().isVoteRight(engine: &engine, workspace: &workspace))
  }

  private func keepUniquePaths(engine: borrowing ReplayEngine, workspace: inout Workspace) {
    // Rollouts with equal steps end at the same node where prefixes are merged.
    let node = engine.selection.node
    workspace.order.sort { node[Int($0)] < node[Int($1)] }
    var kept = 0
    for i in workspace.order.indices {
      let rollout = workspace.order[i]
      if kept > 0, node[Int(workspace.order[kept - 1])] == node[Int(rollout)] { continue }
      workspace.order[kept] = rollout
      kept += 1
    }
    workspace.order.removeLast(workspace.order.count - kept)
  }
}

extension PerplexityVote {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "perplexityVote", "perplexity consistency", source: .rollouts, needs: [.logProbabilities],
    options: [
      MethodOption(
        "pruning", .choice(["none", "truncatedMean"]), standard: "none",
        "leave out paths that are less probable than the mean")
    ]
  ) { settings in
    PerplexityVote(prunesBelowMean: settings.word("pruning") == "truncatedMean")
  }
}
