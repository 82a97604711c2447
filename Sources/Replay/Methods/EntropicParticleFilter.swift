/// Particle filtering with entropic annealing: while the weights are concentrated early on, a temperature above 1 keeps
/// more particles alive.
///
/// arXiv 2510.05825; its-hub 1.2.0, `core/algorithms/particle_gibbs.py`. It is `pf` with `annealing=ess`; look-ahead
/// modulation is the option `lookAhead`.
enum EntropicParticleFilter {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "epf", "entropic particle filter", source: .steps, needs: [.scores],
    options: options + [.neighbours],
    presets: [
      .init("its_hub", version: "its-hub 1.2.0", ["ties": "first", "resampleLast": "true"])
    ]
  ) { settings throws(ReplayError) in
    ParticleFilter(settings: try FilterSettings(settings))
  }

  private static let options: [MethodOption] = FilterSettings.options.compactMap { option in
    switch option.name {
    case "temperature": nil
    case "annealing":
      MethodOption(
        "annealing", .call([.init("ess"), .init("entropy"), .init("base")]), standard: "ess",
        "what the temperature follows: effective sample size, entropy, or progress alone")
    default: option
    }
  }
}
