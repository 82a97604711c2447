import Foundation
import Traces

/// Weighted best-of-N: the class with the largest sum of aggregated scores among N complete rollouts.
///
/// Y. Li et al., arXiv 2206.02336 (voting weighted by a verifier). `weights` may transform the scores first. Rollouts
/// without an answer vote for nothing. Ties at random.
///
/// - Complexity: O(N) a run.
struct WeightedBestOfN: ReplayMethod {
  enum Weighting: Hashable, Sendable {
    case plain
    case logit
    case softmax(temperature: Double)
  }

  let weighting: Weighting

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    budget > record.rollouts ? .tooFewRollouts(recorded: record.rollouts) : nil
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    engine.drawRollouts(budget, into: &workspace.order)
    for i in 0..<budget {
      let score = engine.selection.score[Int(workspace.order[i])]
      workspace.weights[i] = weighting == .logit ? ScoreWeights().logWeight(score, scale: engine.scores.scale) : score
    }
    if case .softmax(let temperature) = weighting {
      ScoreWeights.exponentiate(workspace.weights, count: budget, temperature: temperature)
    }
    return .verdict(RolloutChoice().isVoteRight(engine: &engine, workspace: &workspace))
  }
}

extension WeightedBestOfN {
  static let weights = MethodOption(
    "weights", .call([.init("plain"), .init("logit"), .init("softmax", .init("T", 0.001...1000))]),
    standard: "plain", "what a rollout's vote counts: its score, its log-odds, or exp(score / T)")

  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "wbon", "weighted best-of-N", source: .rollouts, needs: [.scores],
    options: [weights.available(.withoutPreset)], presets: [.searchAndLearnScoring]
  ) { settings -> any ReplayMethod in
    if settings.preset != nil { return RolloutSelection(.wbon, preset: settings.preset) }
    return WeightedBestOfN(settings.call("weights"))
  }

  init(_ call: OptionCall) {
    let temperature = call.arguments.first ?? 1
    switch call.name {
    case "logit": weighting = .logit
    case "softmax": weighting = .softmax(temperature: temperature)
    default: weighting = .plain
    }
  }
}
