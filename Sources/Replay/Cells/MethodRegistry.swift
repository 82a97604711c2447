/// All methods by name. A new method is a file, a page in `docs/methods`, and a line here.
public enum MethodRegistry {
  /// The methods in the order in which help and documentation list them.
  public static let methods: [MethodDescriptor] = [
    ParticleFilter.descriptor,
    EntropicParticleFilter.descriptor,
    ParticleGibbs.descriptor,
    ParticleGibbs.descriptorWithAncestorSampling,
    ParallelTempering.descriptor,
    BeamSearch.descriptor,
    DiverseVerifierTreeSearch.descriptor,
    BestFirstSearch.descriptor,
    MonteCarloTreeSearch.descriptor,
    Rebase.descriptor,
    FirstRollout.descriptor,
    GreedyRollout.descriptor,
    PassAtN.descriptor,
    BestOfN.descriptor,
    WeightedBestOfN.descriptor,
    MajorityVote.descriptor,
    PerplexityVote.descriptor,
    FirstFinishSearch.descriptor,
    AdaptiveVote.descriptor,
    AdaptiveBestOfN.descriptor,
    MultiTemperature.descriptor,
    Ensemble.descriptor,
  ]

  /// The names of all methods.
  public static var names: [String] { methods.map(\.name) }

  /// The method with a name.
  ///
  /// - Throws: `ReplayError.unknownMethod` with the nearest known name.
  public static func descriptor(named name: String) throws(ReplayError) -> MethodDescriptor {
    guard let method = methods.first(where: { $0.name == name }) else {
      throw .unknownMethod(name, known: names)
    }
    return method
  }
}
