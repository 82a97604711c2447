import Foundation
import Traces

extension PathScores {
  /// Aggregates the scores of a tree's column along every recorded path.
  ///
  /// - Parameters:
  ///   - tree: The problem's tree.
  ///   - column: The index of the column, whose channel the aggregation reads.
  ///   - aggregation: How steps become one number.
  /// - Throws: `ReplayError.scoresMissing` where a step has no score, `.scaleMismatch` for a product of what is no
  ///   probability.
  /// - Complexity: O(n) in the number of nodes, times k for `window(k)`.
  public init(tree: TraceTree, column: Int, aggregation: Aggregation) throws(ReplayError) {
    let description = tree.columns[column]
    guard aggregation.applies(to: description.scale) else {
      throw .scaleMismatch(aggregation: aggregation.name, scorer: description.scorer, scale: description.scale)
    }
    let step = tree.scores[column]
    let missing = step.dropFirst().count { $0.isNaN }
    guard missing == 0 else {
      throw .scoresMissing(
        problem: tree.problem.key, scorer: description.scorer, channel: description.channel, missing: missing,
        steps: tree.nodeCount - 1)
    }
    self.init(step: step, parent: tree.parent, aggregation: aggregation, scale: description.scale)
  }

  init(step: [Double], parent: [Int32], aggregation: Aggregation, scale: ScoreScale) {
    let fold = Fold(aggregation)
    let width = if case .window(let width) = aggregation { width } else { 0 }
    let multiplies = fold == .product || fold == .geometricMean
    let empty = PathScores(
      aggregation: aggregation, scale: scale, step: step, stepLogarithm: multiplies ? step.map { log($0) } : [],
      score: [], rank: [], fold: fold, windowWidth: width)
    var reached = [Candidate](repeating: empty.start, count: parent.count)
    for node in 1..<Swift.max(parent.count, 1) {
      reached[node] = reached[Int(parent[node])]
      empty.extend(&reached[node], to: node, score: step[node])
      if fold == .window { reached[node].score = Self.windowMean(step, parent, node: node, width: width) }
    }
    self.init(
      aggregation: aggregation, scale: scale, step: step, stepLogarithm: empty.stepLogarithm,
      score: reached.map(\.score), rank: reached.map { empty.rank(of: $0) }, fold: fold, windowWidth: width)
  }

  /// The same scores for candidates whose borrowed steps bring only what is new in a prefix's score.
  ///
  /// - Parameters:
  ///   - dynamics: How the channel's scores build on one another.
  ///   - tree: The tree that the scores belong to.
  func following(_ dynamics: ScoreDynamics, in tree: TraceTree) -> PathScores {
    guard dynamics != .judgement, aggregation == .model else { return self }
    let course = PrefixCourse(
      step: step, parent: tree.parent, depth: tree.depth, scale: scale, dynamics: dynamics)
    return PathScores(
      aggregation: aggregation, scale: scale, step: step, stepLogarithm: [], score: score, rank: rank,
      fold: .course, windowWidth: 0, course: course)
  }

  /// The same scores with those of lent steps behind them.
  func followed(by lent: LentSteps) -> PathScores {
    guard lent.count > 0 else { return self }
    // No run reads the aggregates of lent steps: whoever takes one has steps of its own before it.
    return PathScores(
      aggregation: aggregation, scale: scale, step: step + lent.scores,
      stepLogarithm: stepLogarithm.isEmpty ? [] : stepLogarithm + lent.scores.map { log($0) },
      score: score + lent.scores, rank: rank + lent.scores, fold: fold, windowWidth: windowWidth,
      course: course.map { $0.followed(by: lent) })
  }

  /// The mean of the last scores on the recorded path, summed newest first as a run sums its history.
  private static func windowMean(_ step: [Double], _ parent: [Int32], node: Int, width: Int) -> Double {
    var sum = 0.0
    var count = 0
    var current = node
    while current > 0, count < width {
      sum += step[current]
      count += 1
      current = Int(parent[current])
    }
    return sum / Double(count)
  }
}

extension PathScores.Fold {
  init(_ aggregation: Aggregation) {
    switch aggregation {
    case .last, .model: self = .last
    case .min: self = .min
    case .max: self = .max
    case .first: self = .first
    case .mean: self = .mean
    case .product: self = .product
    case .geometricMean: self = .geometricMean
    case .window: self = .window
    }
  }
}

extension TraceTree {
  /// The columns of a channel in which every step has a score, in order.
  func completeColumns(of channel: ScoreChannel) -> [Int] {
    columns.indices.filter { columns[$0].channel == channel && !scores[$0].dropFirst().contains(where: \.isNaN) }
  }

  /// The column that an aggregation reads.
  ///
  /// - Parameters:
  ///   - scorer: The reward model; `nil` where only one is recorded.
  ///   - aggregation: The aggregation, which decides the channel.
  /// - Throws: `ReplayError` naming what is recorded instead.
  public func column(scorer: String?, aggregation: Aggregation) throws(ReplayError) -> Int {
    var known: [String] = []
    for column in columns where !known.contains(where: column.scorer.isSameText) { known.append(column.scorer) }
    guard let first = known.first else { throw .unknownScorer(scorer, problem: problem.key, known: known) }
    if scorer == nil, known.count > 1 { throw .ambiguousScorer(problem: problem.key, known: known) }
    let name = scorer ?? first
    guard known.contains(where: name.isSameText) else { throw .unknownScorer(name, problem: problem.key, known: known) }
    guard let index = column(scorer: name, channel: aggregation.channel) else {
      let recorded = columns.filter { $0.scorer.isSameText(as: name) }.map {
        "the \($0.channel.rawValue) channel of \($0.scorer)"
      }
      throw .noChannel(aggregation.channel, scorer: name, aggregation: aggregation.name, recorded: recorded)
    }
    return index
  }
}
