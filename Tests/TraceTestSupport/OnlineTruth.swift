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
    self.replicates = replicates
    accuracies = try (0..<model.problemCount).map { (problem) throws(SimulationError) in
      let key = RandomStream.Key(
        seed: seed, problem: model.problem(problem).key, method: search.rawValue, settings: aggregation.name)
      var random = RandomStream(key, budget: budget, replicate: 0)
      var right = 0
      for _ in 0..<replicates
      where try search.run(model, problem: problem, budget: budget, aggregation: aggregation, using: &random) {
        right += 1
      }
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
