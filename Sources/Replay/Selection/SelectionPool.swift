import Traces

/// The complete rollouts of one problem as selection rules see them: one element a rollout in every array, in recorded
/// order. Closed forms over all subsets of size N are functions of these arrays.
public struct SelectionPool: Sendable {
  /// A comparable form of the aggregated score: orders rollouts as the aggregate does; all 0 without scores.
  public let rank: [Double]
  /// The aggregated score in the scorer's scale; all 0 without scores.
  public let score: [Double]
  /// The standing of all rollouts by every scorer that is recorded throughout, in the order of the tree's columns: for
  /// rules that ask several scorers.
  let tables: [RankTable]
  /// The class of each answer: 0 right, 1... wrong, -1 none.
  public let answerClass: [Int32]
  /// Tokens of the whole rollout; NaN where unknown.
  public let tokens: [Double]
  /// Steps of the rollout.
  public let steps: [Int32]
  /// The log-probability of the whole rollout; NaN where unknown.
  public let logProbability: [Double]
  /// The index of each rollout's recording.
  public let recording: [Int32]
  /// The recordings.
  public let recordings: [Recording]
  /// The rollouts of recordings at temperature 0.
  let greedy: [Int32]
  /// The number of recordings that have rollouts here.
  let usedRecordings: Int
  /// The terminal node of each rollout.
  public let node: [Int32]
  /// The number of answer classes of the problem, the right one included.
  public let classCount: Int

  /// The number of complete rollouts, K.
  public var count: Int { answerClass.count }
  /// Whether the tokens of all rollouts are known.
  public let hasTokens: Bool
  /// The mean tokens of a rollout; its mean steps where tokens are unknown.
  let meanCost: Double
  /// The number of right rollouts, c.
  public var rightCount: Int { answerClass.count { $0 == 0 } }

  /// Collects a tree's complete rollouts.
  public init(tree: TraceTree, scores: PathScores?) {
    let nodes = tree.rollouts.map { Int($0) }
    node = tree.rollouts
    classCount = tree.classCount
    recording = tree.rolloutRecording
    recordings = tree.recordings
    greedy = recording.indices.filter { tree.recordings[Int(tree.rolloutRecording[$0])].temperature == 0 }.map {
      Int32($0)
    }
    usedRecordings = Set(recording).count
    tables = scores.map { Self.tables(tree, aggregation: $0.aggregation, nodes: nodes) } ?? []
    rank = nodes.map { scores?.rank[$0] ?? 0 }
    score = nodes.map { scores?.score[$0] ?? 0 }
    answerClass = nodes.map { tree.answerClass[$0] }
    steps = nodes.map { tree.depth[$0] }
    let sums = Self.sumsAlongPaths(tree)
    tokens = nodes.map { sums.tokens[$0] }
    logProbability = nodes.map { sums.logProbability[$0] }
    hasTokens = tokens.allSatisfy { !$0.isNaN }
    let costs = hasTokens ? tokens : steps.map { Double($0) }
    meanCost = costs.isEmpty ? 0 : costs.reduce(0, +) / Double(costs.count)
  }

  private static func tables(_ tree: TraceTree, aggregation: Aggregation, nodes: [Int]) -> [RankTable] {
    let columns = tree.completeColumns(of: aggregation.channel)
    guard columns.count > 1 else { return [] }
    return columns.compactMap { column in
      guard let scores = try? PathScores(tree: tree, column: column, aggregation: aggregation) else { return nil }
      return RankTable(nodes.map { scores.rank[$0] })
    }
  }

  private struct PathSums {
    var tokens: [Double]
    var logProbability: [Double]
  }

  /// Sums of tokens and log-probabilities from the prompt to each node; NaN where a step of the path is unknown.
  private static func sumsAlongPaths(_ tree: TraceTree) -> PathSums {
    let zeros = [Double](repeating: 0, count: tree.nodeCount)
    var sums = PathSums(tokens: zeros, logProbability: zeros)
    for node in 1..<max(tree.nodeCount, 1) {
      let parent = Int(tree.parent[node])
      sums.tokens[node] = sums.tokens[parent] + (tree.tokens[node] < 0 ? .nan : Double(tree.tokens[node]))
      sums.logProbability[node] = sums.logProbability[parent] + tree.logProbability[node]
    }
    return sums
  }
}
