import Foundation
import Traces

/// Perplexity consistency: the class with the largest summed probability of its unique paths.
///
/// Z. Zhou et al., arXiv 2502.00511 (RPC), and its program (github.com/WNJXYK/RPC at ec0d75a, `compute_rpc.py`). A path that
/// was drawn twice counts once. With `pruning=rpc` a path is left out that is less probable than the mean of all drawn
/// *and* more probably of the less probable component of a Weibull mixture fitted to them; with `truncatedMean` the
/// first of the two is enough. The program's probability of a path is the geometric mean over its tokens (`perToken`).
///
/// - Complexity: O(N log N) a run; with `pruning=rpc` some dozens of passes more.
struct PerplexityVote: ReplayMethod {
  enum Pruning: String, Hashable, Sendable, CaseIterable {
    case none
    case truncatedMean
    case rpc
  }

  let pruning: Pruning
  /// Whether a path's probability is the geometric mean over its tokens instead of the product.
  let averagesOverTokens: Bool

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(budget, into: &workspace.order)
    // Rollouts with equal steps end at the same node where prefixes are merged; sorted, they are neighbours.
    workspace.ranks.removeAll(keepingCapacity: true)
    for rollout in workspace.order { workspace.ranks.append(-Double(engine.selection.node[Int(rollout)])) }
    workspace.sortOrderByRanks()
    for i in 0..<budget { workspace.weights[i] = logProbability(Int(workspace.order[i]), engine.selection) }
    if averagesOverTokens {
      for i in 0..<budget { workspace.weights[i] = exp(workspace.weights[i]) }
    } else {
      // Relative to the most probable path: products of thousands of tokens would vanish.
      ScoreWeights.exponentiate(workspace.weights, count: budget, temperature: 1)
    }
    prune(budget, workspace: &workspace)
    keepUniquePaths(engine: engine, workspace: &workspace)
    return .verdict(RolloutChoice().isVoteRight(engine: &engine, workspace: &workspace))
  }

  private func logProbability(_ rollout: Int, _ selection: SelectionPool) -> Double {
    let sum = selection.logProbability[rollout]
    return averagesOverTokens ? sum / max(1, selection.tokens[rollout]) : sum
  }

  /// Marks the paths that are pruned by a weight that no probability has.
  private func prune(_ count: Int, workspace: inout Workspace) {
    guard pruning != .none else { return }
    let mean = ResamplingScheme.total(workspace.weights, count) / Double(count)
    guard pruning == .rpc else {
      for i in 0..<count where workspace.weights[i] < mean { workspace.weights[i] = Self.pruned }
      return
    }
    workspace.fit.reserve(count)
    workspace.fit.removeAll()
    for i in 0..<count { workspace.fit.append(max(workspace.weights[i], .leastNormalMagnitude)) }
    let mixture = workspace.fit.mixture()
    for i in 0..<count where workspace.weights[i] < mean && mixture.isOfSecond(workspace.fit[i]) {
      workspace.weights[i] = Self.pruned
    }
  }

  private static let pruned = -1.0

  /// Leaves out pruned paths, and every draw of a path but the first.
  private func keepUniquePaths(engine: borrowing ReplayEngine, workspace: inout Workspace) {
    let node = engine.selection.node
    var kept = 0
    for i in workspace.order.indices {
      let rollout = workspace.order[i]
      if workspace.weights[i] == Self.pruned { continue }
      if kept > 0, node[Int(workspace.order[kept - 1])] == node[Int(rollout)] { continue }
      workspace.order[kept] = rollout
      workspace.weights[kept] = workspace.weights[i]
      kept += 1
    }
    workspace.order.removeLast(workspace.order.count - kept)
  }
}

extension PerplexityVote {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "perplexityVote", "perplexity consistency", source: .rollouts, needs: [.logProbabilities],
    options: options,
    furtherNeeds: { averagesOverTokens($0) ? [.tokens] : [] }, countsPathsOnce: { _ in true },
    make: { settings in
      PerplexityVote(settings)
    })

  static let options = [
    MethodOption(
      "pruning", .choice(Pruning.allCases.map(\.rawValue)), standard: "none",
      "leave out paths less probable than the mean, or of those the ones that a Weibull mixture calls improbable"),
    MethodOption(
      "probability", .choice(["path", "perToken"]), standard: "path",
      "what a path counts: the product of its tokens' probabilities, or their geometric mean"),
  ]

  init(_ settings: MethodSettings) {
    pruning = Pruning(rawValue: settings.word("pruning")) ?? .none
    averagesOverTokens = Self.averagesOverTokens(settings)
  }

  static func averagesOverTokens(_ settings: MethodSettings) -> Bool { settings.word("probability") == "perToken" }
}
