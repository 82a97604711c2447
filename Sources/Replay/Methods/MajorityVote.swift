/// Majority vote, or self-consistency: the largest class among N rollouts. Rollouts without an answer vote for nothing.
///
/// X. Wang et al., arXiv 2203.11171. Over all subsets it has a closed form over class counts, ties shared equally.
enum MajorityVote {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "majority", "majority vote", source: .rollouts, needs: [],
    presets: [.init("sal", version: "search-and-learn 6f81cac")],
    closedForm: { $0.preset == nil ? .majority : nil },
    make: { settings in
      RolloutSelection(.majority, preset: settings.preset)
    })
}
