/// Best-of-N: the rollout with the highest aggregated score among N; right where that one is.
///
/// K. Cobbe et al., arXiv 2110.14168. Over all subsets it has a closed form by rank, ties shared equally.
enum BestOfN {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "bon", "best-of-N", source: .rollouts, needs: [.scores], presets: [.searchAndLearnScoring],
    closedForm: { $0.preset == nil ? .bestOfN : nil },
    make: { settings in
      RolloutSelection(.bon, preset: settings.preset)
    })
}
