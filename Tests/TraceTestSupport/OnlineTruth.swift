import Traces

/// The online accuracy of a method on a simulated model, sampled.
public struct OnlineTruth: Sendable {
  /// For each problem the share of runs with a right answer.
  public let accuracies: [Double]
  /// Runs a problem.
  public let replicates: Int

  /// Runs a method online; with 1,500 replicates on 40 problems the standard error is below 0.2 points.
  ///
  /// - Throws: `SimulationError` for a window of scores, or a budget that the method cannot have.
  public init(
    _ search: OnlineSearch,
    model: SimulatedModel,
    budget: Int,
    aggregation: Aggregation = .last,
    replicates: Int = 1500,
    seed: UInt64 = 1
  ) throws(SimulationError) {
    if case .window = aggregation { throw .aggregationNotFollowed(aggregation.name) }
    let generators = (0..<model.problemCount).map {
      SimulatedGenerator(model: model, problem: $0, aggregation: aggregation)
    }
    try self.init(
      search, generators: generators, keys: generators.indices.map { model.problem($0).key }, budget: budget,
      settings: aggregation.name, replicates: replicates, seed: seed)
  }

  /// Runs a method online with one generator a problem.
  ///
  /// - Parameters:
  ///   - keys: The problems' keys, which their random streams depend on.
  ///   - settings: What else the random streams depend on.
  /// - Throws: `SimulationError` for a budget that the method cannot have.
  public init<Generator: OnlineGenerator>(
    _ search: OnlineSearch,
    generators: [Generator],
    keys: [String],
    budget: Int,
    settings: String,
    replicates: Int,
    seed: UInt64 = 1
  ) throws(SimulationError) {
    self.replicates = replicates
    accuracies = try generators.indices.map { (problem) throws(SimulationError) in
      let key = RandomStream.Key(seed: seed, problem: keys[problem], method: search.rawValue, settings: settings)
      var random = RandomStream(key, budget: budget, replicate: 0)
      var right = 0
      for _ in 0..<replicates where try search.run(generators[problem], budget: budget, using: &random) { right += 1 }
      return Double(right) / Double(replicates)
    }
  }

  /// The mean over the problems, 0...1.
  public var accuracy: Double { accuracies.reduce(0, +) / Double(accuracies.count) }

  /// The Monte-Carlo error of `accuracy`: the problems are given, only the runs are random.
  public var standardError: Double {
    let variance = accuracies.reduce(0) { $0 + $1 * (1 - $1) } / Double(replicates)
    return variance.squareRoot() / Double(accuracies.count)
  }
}
