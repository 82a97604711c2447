import Traces

/// The score sequences and outcomes of all complete rollouts, problem by problem: what a `LatentStateModel` is fitted to.
///
/// The order in which problems are added does not matter; each is known by its key.
public struct LatentTrainingSet: Sendable {
  /// The chains of one problem.
  struct Block: Sendable {
    var problem: String
    /// Where each chain begins in `values`, with one more element at the end.
    var starts: [Int] = [0]
    /// Scores on the logit scale (probabilities) or as they are.
    var values: [Double] = []
    var isRight: [Bool] = []
  }

  private(set) var blocks: [Block] = []
  /// Whether the scores are those of whole prefixes, which may build on one another.
  private(set) var readsPrefixes = false

  /// Creates an empty set.
  public init() {}

  /// Adds the complete independent rollouts of a problem, as one column scores them. Rollouts with an unscored step are
  /// left out. A problem without independent rollouts gives the ends of its tree.
  public mutating func add(_ tree: TraceTree, column: Int) {
    let scores = tree.scores[column]
    let scale = tree.columns[column].scale
    readsPrefixes = tree.columns[column].channel == .prefix
    var block = Block(problem: tree.problem.key)
    let ends =
      tree.rollouts.isEmpty
      ? (0..<tree.nodeCount).filter { tree.isTerminal[$0] }.map { Int32($0) } : tree.rollouts
    for rollout in ends {
      let values = tree.path(to: Int(rollout)).map { PathScores.latentKey(scores[$0], scale: scale) }
      guard !values.isEmpty, values.allSatisfy({ $0.isFinite }) else { continue }
      block.values.append(contentsOf: values)
      block.starts.append(block.values.count)
      block.isRight.append(tree.answerClass[Int(rollout)] == 0)
    }
    guard !block.isRight.isEmpty else { return }
    blocks.append(block)
  }

  /// All steps of all chains.
  var stepCount: Int { blocks.reduce(0) { $0 + $1.values.count } }

  /// A copy that holds what is new in each score, and the logarithm of the derivative of all of it by the scores.
  func innovations(_ dynamics: ScoreDynamics) -> (training: LatentTrainingSet, logDerivative: Double) {
    guard dynamics != .judgement else { return (self, 0) }
    var result = self
    var logDerivative = 0.0
    for block in blocks.indices {
      for (start, end) in zip(blocks[block].starts, blocks[block].starts.dropFirst()) {
        for position in start..<end {
          let step = position - start + 1
          result.blocks[block].values[position] = dynamics.innovation(
            of: blocks[block].values[position], after: step == 1 ? 0 : blocks[block].values[position - 1], step: step)
          logDerivative += dynamics.logDerivative(step: step)
        }
      }
    }
    return (result, logDerivative)
  }

  /// A thinned copy in the order of problem keys: every s-th chain of each problem, s so that about `limit` steps stay.
  func thinned(to limit: Int) -> LatentTrainingSet {
    let stride = max(1, stepCount / max(limit, 1))
    var result = LatentTrainingSet()
    result.readsPrefixes = readsPrefixes
    for block in blocks.sorted(by: { $0.problem < $1.problem }) {
      var thin = Block(problem: block.problem)
      for chain in Swift.stride(from: 0, to: block.isRight.count, by: stride) {
        thin.values.append(contentsOf: block.values[block.starts[chain]..<block.starts[chain + 1]])
        thin.starts.append(thin.values.count)
        thin.isRight.append(block.isRight[chain])
      }
      result.blocks.append(thin)
    }
    return result
  }
}
