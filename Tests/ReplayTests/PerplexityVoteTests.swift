import Foundation
import Testing
import Traces

@testable import Replay

extension WeibullMixture {
  /// Fits a mixture to probabilities.
  fileprivate init(fittedTo values: [Double]) {
    var fit = WeibullFit()
    fit.reserve(values.count)
    for value in values { fit.append(value) }
    self = fit.mixture()
  }

  /// The sum of the logarithms of the mixture's density.
  fileprivate func logLikelihood(of values: [Double]) -> Double {
    values.reduce(0) { $0 + log(share * first.density($1) + (1 - share) * second.density($1)) }
  }
}

@Suite struct PerplexityVoteTests {
  /// Rollouts of one step each: text key, log-probability, tokens, class.
  private func tree(_ paths: [(key: Int, logProbability: Double, tokens: Int32, answer: Int32)]) throws -> TraceTree {
    var rows = RecordedSegments(columns: [], recordings: [Recording(name: "test")])
    for path in paths {
      rows.append(
        .init(answerClass: path.answer), keys: [UInt64(path.key)], tokens: [path.tokens],
        logProbabilities: [path.logProbability])
    }
    return try TraceTree(problem: Problem(key: "p"), segments: rows)
  }

  private func share(_ tree: TraceTree, _ budget: Int, _ options: [String: String]) throws -> Double {
    let outcome = try tree.outcomes("perplexityVote", budgets: [budget], replicates: 400, options: options)[0]
    return Law.mean(outcome.right)
  }

  /// Class 0 has 0.30 and 0.30 (the same path), 0.25, 0.05; class 1 has 0.5; class 2 has 0.2, 0.19, 0.18. All eight are
  /// drawn. Unique paths: 0.60, 0.5, 0.57. The mean of all eight draws is 0.24625: without what is below it 0.55, 0.5, 0.
  @Test func sumsUniquePathsByHand() throws {
    let paths: [(Int, Double, Int32, Int32)] = [
      (1, 0.30, 2, 0), (1, 0.30, 2, 0), (2, 0.25, 2, 0), (3, 0.05, 2, 0), (4, 0.5, 20, 1), (5, 0.2, 2, 2),
      (6, 0.19, 2, 2), (7, 0.18, 2, 2),
    ]
    let eight = try tree(paths.map { ($0.0, log($0.1), $0.2, $0.3) })
    #expect(try share(eight, 8, [:]) == 1)
    #expect(try share(eight, 8, ["pruning": "truncatedMean"]) == 1)
    // Without 0.25: 0.35, 0.5, 0.57; the mean of seven is 0.2457, so pruning turns the vote to class 1 with 0.5.
    let seven = try tree(paths.filter { $0.0 != 2 }.map { ($0.0, log($0.1), $0.2, $0.3 == 2 ? 0 : $0.3 == 0 ? 2 : 1) })
    #expect(try share(seven, 7, [:]) == 1)
    #expect(try share(seven, 7, ["pruning": "truncatedMean"]) == 0)
    // The geometric mean over 20 tokens makes 0.966 of 0.5, against 0.447 + 0.436 + 0.424 and 0.548 + 0.224.
    let long = try tree([(1, log(0.5), 20, 0), (2, log(0.3), 2, 1), (3, log(0.3), 2, 1)])
    #expect(try share(long, 3, [:]) == 0)
    #expect(try share(long, 3, ["probability": "perToken"]) == 0)
    let single = try tree([(1, log(0.5), 20, 0), (2, log(0.55), 2, 1)])
    #expect(try share(single, 2, [:]) == 0)
    #expect(try share(single, 2, ["probability": "perToken"]) == 1)
  }

  /// Around 0.9 six paths, around 0.3 six: below the mean of 0.6 and of the lower component are the six, and nothing else.
  @Test func theWholeRuleLeavesOutTheLowerComponentByHand() throws {
    let high = [0.86, 0.88, 0.9, 0.91, 0.93, 0.95]
    let low = [0.2, 0.25, 0.3, 0.33, 0.37, 0.41]
    let mixture = WeibullMixture(fittedTo: high + low)
    #expect(mixture.first.mean > mixture.second.mean)
    #expect(high.allSatisfy { !mixture.isOfSecond($0) })
    #expect(low.allSatisfy { mixture.isOfSecond($0) })
    // Class 0 has two high paths, 1.75; class 1 one high path and the low ones, 2.72, of which 0.86 stay.
    let paths = (high + low).enumerated().map { index, probability in
      (index, log(probability) * 4, Int32(4), Int32([2, 4].contains(index) ? 0 : index == 0 || index > 5 ? 1 : 2))
    }
    let all = try tree(paths.filter { $0.3 < 2 })
    #expect(try share(all, 9, ["probability": "perToken"]) == 0)
    #expect(try share(all, 9, ["probability": "perToken", "pruning": "rpc"]) == 1)
  }

  /// Twelve paths around 0.85, the least of them 0.7, and three around 0.3: the mean of 0.723 is above 0.7, which the
  /// mixture counts among the upper ones.
  @Test func keepsAPathBelowTheMeanThatIsNotOfTheLowerComponent() throws {
    let upper = [0.7, 0.78, 0.8, 0.81, 0.82, 0.83, 0.84, 0.85, 0.86, 0.87, 0.88, 0.9]
    let lower = [0.25, 0.3, 0.35]
    let mixture = WeibullMixture(fittedTo: upper + lower)
    #expect(upper.allSatisfy { !mixture.isOfSecond($0) })
    #expect(lower.allSatisfy { mixture.isOfSecond($0) })
    // Class 0 has 0.7 + 0.78; every other path is a class of its own, the largest 0.9.
    let tree = try tree(
      (upper + lower).enumerated().map { ($0, log($1), Int32(1), $0 < 2 ? 0 : Int32($0)) })
    #expect(try share(tree, 15, ["probability": "perToken", "pruning": "rpc"]) == 1)
    #expect(try share(tree, 15, ["probability": "perToken", "pruning": "truncatedMean"]) == 0)
  }

  /// The mean is 0.5: what is left has no answer, and what is left out votes for nothing.
  @Test func prunedPathsDoNotVote() throws {
    let tree = try tree([(1, log(0.1), 1, 0), (2, log(0.9), 1, -1)])
    #expect(try share(tree, 2, [:]) == 1)
    #expect(try share(tree, 2, ["pruning": "truncatedMean"]) == 0)
  }

  @Test func needsTokensForAMeanOverThem() throws {
    let tree = try tree([(1, -1, -1, 0), (2, -2, -1, 1)])
    #expect(try share(tree, 1, [:]) > 0)
    #expect(throws: ReplayError.tokensMissing(problem: "p", method: "perplexityVote", missing: 2, steps: 2)) {
      try share(tree, 1, ["probability": "perToken"])
    }
  }
}

@Suite struct WeibullMixtureTests {
  /// Samples of a known law by inversion.
  private func sample(_ truth: WeibullMixture, count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(.init(seed: seed, problem: "", method: "weibull", settings: ""), budget: 0, replicate: 0)
    return (0..<count).map { _ in
      let component = stream.uniform() < truth.share ? truth.first : truth.second
      return component.scale * pow(-log(1 - stream.uniform()), 1 / component.shape)
    }
  }

  @Test(arguments: [
    WeibullMixture(share: 0.6, first: .init(shape: 12, scale: 0.9), second: .init(shape: 4, scale: 0.4)),
    WeibullMixture(share: 0.35, first: .init(shape: 9, scale: 0.8), second: .init(shape: 2, scale: 0.25)),
  ]) func findsALawFromItsSamples(truth: WeibullMixture) {
    let values = sample(truth, count: 4000, seed: 7)
    let fitted = WeibullMixture(fittedTo: values)
    #expect(fitted.logLikelihood(of: values) >= truth.logLikelihood(of: values))
    #expect(abs(fitted.share - truth.share) < 0.03)
    for (found, known) in [(fitted.first, truth.first), (fitted.second, truth.second)] {
      #expect(abs(found.shape / known.shape - 1) < 0.12)
      #expect(abs(found.scale / known.scale - 1) < 0.03)
    }
  }

  @Test func densityIntegratesToOneAndHasItsMean() {
    for law in [WeibullMixture.Component(shape: 1.5, scale: 2), .init(shape: 7, scale: 0.6)] {
      let width = 1e-4
      let points = (0..<200_000).map { (Double($0) + 0.5) * width }
      #expect(abs(points.reduce(0) { $0 + law.density($1) * width } - 1) < 1e-6)
      #expect(abs(points.reduce(0) { $0 + $1 * law.density($1) * width } - law.mean) < 1e-6)
    }
  }

  struct Golden: Decodable {
    var paths: [Int]
    var answers: [String]
    var means: [Double]
    var right: Double
    var logLikelihood: Double?
    var shares: [String: Double]
  }

  /// The published program on 60 made-up problems. The likelihood of few paths has many local maxima, and now and then
  /// rounding leads to another one than the program found; everywhere else all shares of votes must be the same.
  @Test func votesAsThePublishedProgram() throws {
    let goldens = try PresetGoldenTests.load("rpc", [Golden].self)
    var same = 0
    for golden in goldens {
      let probabilities = golden.means.map { exp($0) }
      let mixture = WeibullMixture(fittedTo: probabilities)
      // Twice, with four paths, the program's own fit came to nothing.
      let found = mixture.logLikelihood(of: probabilities)
      guard let expected = golden.logLikelihood, abs(found - expected) < 1e-3 else { continue }
      same += 1
      let shares = sharesOfVotes(golden)
      #expect(Set(shares.keys) == Set(golden.shares.filter { $0.value > 0 }.keys))
      for (answer, share) in shares { #expect(abs(share - golden.shares[answer, default: 0]) < 1e-9) }
    }
    #expect(goldens.count == 60)
    #expect(same >= 54, "\(same) of 60 fits are the program's")
  }

  /// The shares of the classes after a run on all rollouts, and the run's verdict.
  private func sharesOfVotes(_ golden: Golden) -> [String: Double] {
    var rows = RecordedSegments(columns: [], recordings: [Recording(name: "rpc")])
    for index in golden.paths.indices {
      rows.append(
        .init(answerClass: Int32(golden.answers[index]) ?? -1), keys: [UInt64(golden.paths[index])], tokens: [1],
        logProbabilities: [golden.means[index]])
    }
    guard let tree = try? TraceTree(problem: Problem(key: "p"), segments: rows) else { return [:] }
    var engine = ReplayEngine(
      tree: tree, scores: PathScores.none(nodes: tree.nodeCount),
      continuation: DonorGroups(.strict, neighbours: 1, tree: tree, scores: PathScores.none(nodes: tree.nodeCount)),
      keepsHistory: false)
    let count = golden.paths.count
    engine.begin(
      stream: RandomStream(.init(seed: 1, problem: "", method: "", settings: ""), budget: count, replicate: 0),
      replicate: 0)
    var workspace = Workspace()
    workspace.reserve(count, classes: tree.classCount + 1)
    let outcome = PerplexityVote(pruning: .rpc, averagesOverTokens: true).run(
      budget: count, engine: &engine, workspace: &workspace)
    if golden.right == 0 || golden.right == 1 { #expect(outcome.right == golden.right) }
    var shares: [String: Double] = [:]
    for (place, rollout) in workspace.order.enumerated() {
      shares["\(engine.selection.answerClass[Int(rollout)])", default: 0] += workspace.weights[place]
    }
    let total = shares.values.reduce(0, +)
    return shares.filter { $0.value > 0 }.mapValues { $0 / total }
  }
}
