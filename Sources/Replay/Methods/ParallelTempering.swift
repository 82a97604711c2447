import Foundation
import Traces

/// Parallel tempering of particle Gibbs: K chains at temperatures T_1 > ... > T_K share the budget.
///
/// Each chain runs I conditional filters of N / (K I) particles. Between iterations neighbours exchange their references
/// x and x' with probability min(1, pi_k(x') pi_{k+1}(x) / (pi_k(x) pi_{k+1}(x'))), which for weights w^(1/T) is
/// exp((S(x') - S(x)) (1 / T_k - 1 / T_{k+1})), S the sum of log-weights along the path. The answer comes from the
/// coldest chain. Without swaps the chains are independent filters. arXiv 2502.01618, which gives no
/// temperatures: no preset carries its name.
struct ParallelTempering: ReplayMethod {
  let chains: [ParticleGibbs]
  let temperatures: [Double]
  let iterations: Int
  let swaps: Bool

  var hasRules: Bool { true }
  var keepsHistory: Bool { true }

  func absence(budget: Int, record: RecordSummary) -> Absence? {
    let divisor = chains.count * iterations
    guard budget % divisor == 0 else { return .notMultiple(of: divisor, option: "chains x iterations") }
    let starts = budget - chains.count * (iterations - 1)
    return starts > record.starts ? .tooFewStarts(recorded: record.starts) : nil
  }

  func caution(budget: Int) -> String? {
    guard iterations > 1, budget == chains.count * iterations else { return nil }
    return
      "one particle in each filter: nothing is resampled and later iterations hold the reference alone, so this is "
      + "one plain rollout a chain; take a larger multiple of chains x iterations, or fewer of them"
  }

  func run(budget: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> RunOutcome {
    let particles = budget / (chains.count * iterations)
    workspace.reserveEnds(chains.count)
    for iteration in 0..<iterations {
      for chain in chains.indices {
        let kernel = ConditionalFilter(rules: chains[chain], particles: particles)
        workspace.beginRecord(
          .init(
            iteration: iteration + 1, chain: chain + 1, temperature: temperatures[chain],
            hasReference: iteration > 0))
        workspace.reference.removeAll()
        let end = workspace.ends[chain]
        if iteration > 0 { workspace.takeReference(to: end, history: engine.history) }
        let last = kernel.run(engine: &engine, workspace: &workspace)
        guard !engine.tally.isRefused else { return RunOutcome() }
        if iteration == iterations - 1, chain == chains.count - 1 {
          return kernel.conclude(last, engine: &engine, workspace: &workspace)
        }
        let kept = kernel.drawReference(last, engine: &engine, workspace: &workspace)
        workspace.ends[chain] = kept
      }
      if swaps { exchange(engine: &engine, workspace: &workspace) }
    }
    return .nothing
  }

  /// Offers an exchange to each pair of neighbours, hottest first: of the ends of their references, which the workspace
  /// holds.
  func exchange(engine: inout ReplayEngine, workspace: inout Workspace) {
    for chain in 0..<chains.count - 1 {
      let hotEnd = workspace.ends[chain]
      let coldEnd = workspace.ends[chain + 1]
      let hotter = logWeight(hotEnd, engine: engine, workspace: &workspace)
      let colder = logWeight(coldEnd, engine: engine, workspace: &workspace)
      let logRatio = (colder - hotter) * (1 / temperatures[chain] - 1 / temperatures[chain + 1])
      if log(engine.stream.uniform()) < logRatio {
        workspace.ends[chain] = coldEnd
        workspace.ends[chain + 1] = hotEnd
      }
    }
  }

  /// The sum of log-weights at T = 1 along a candidate's path.
  private func logWeight(
    _ end: Candidate,
    engine: borrowing ReplayEngine,
    workspace: inout Workspace
  ) -> Double {
    workspace.takeReference(to: end, history: engine.history)
    let weights = chains[0].filter.weights
    var sum = 0.0
    for place in 0..<workspace.reference.count {
      sum += weights.logWeight(workspace.reference[place].score, scale: engine.scores.scale)
    }
    return sum
  }
}

extension ParallelTempering {
  /// The line of the registry.
  static let descriptor = MethodDescriptor(
    "pt", "parallel tempering", source: .steps, needs: [.scores],
    options: [
      MethodOption("chains", .whole(2...64), standard: "2", "filters at different temperatures, K"),
      MethodOption("iterations", .whole(1...10_000), standard: "2", "conditional filters of each chain, I"),
      MethodOption("hottest", .number(0.01...1000), standard: "2", "T_1, the temperature of the hottest chain"),
      MethodOption(
        "coldest", .number(0.01...1000), standard: "1",
        "T_K, the temperature of the chain that answers; between them temperatures are geometric"),
      MethodOption("swaps", .flag, standard: "true", "neighbouring chains exchange references"),
    ] + FilterSettings.options.filter { ["weighting", "clip", "answer", "maxSteps", "ties"].contains($0.name) }
      + [.neighbours]
  ) { settings throws(ReplayError) in
    try ParallelTempering(settings)
  }

  private init(_ settings: MethodSettings) throws(ReplayError) {
    let count = settings.whole("chains")
    let hottest = settings.number("hottest")
    let coldest = settings.number("coldest")
    guard hottest > coldest else {
      throw .unacceptableValue(
        String(hottest), option: "hottest", method: "pt", expected: "a number above coldest = \(coldest)")
    }
    temperatures = (0..<count).map { hottest * pow(coldest / hottest, Double($0) / Double(count - 1)) }
    iterations = settings.whole("iterations")
    if iterations == 1 { try settings.refuse("swaps", because: "chains of one iteration have nothing to exchange") }
    swaps = settings.flag("swaps")
    let rounds = iterations
    let shared = try FilterSettings(settings)
    chains = temperatures.map { temperature in
      var filter = shared
      filter.scheme = .multinomial
      filter.schedule = .constant(temperature)
      return ParticleGibbs(filter: filter, iterations: rounds, reference: .present, samplesAncestors: false)
    }
  }
}
