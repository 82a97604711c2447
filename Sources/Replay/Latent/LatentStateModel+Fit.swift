import Foundation
import Traces

extension LatentStateModel {
  /// Fits a model with five states, or fewer where there are fewer than 150 rollouts: one for every 30.
  ///
  /// Four deterministic starts on a small sample, the most likely of them to the end on a larger one; on a channel of
  /// prefixes four for each way in which scores may build on one another. One core; about half a second for 60 000 steps.
  ///
  /// - Parameter training: All complete rollouts. Without any the model has one state.
  public init(fittedTo training: LatentTrainingSet) {
    let sample = training.thinned(to: Self.sampledSteps)
    let all: [ScoreDynamics] = training.readsPrefixes ? ScoreDynamics.allCases : [.judgement]
    var best: (start: LatentStart, logDensity: Double)?
    for dynamics in all {
      let (values, logDerivative) = sample.innovations(dynamics)
      let start = LatentStart(training.innovations(dynamics).training, sample: values, dynamics: dynamics)
      let logDensity = start.logDensity(of: values) + logDerivative
      if logDensity > best?.logDensity ?? -.infinity { best = (start, logDensity) }
    }
    self = best?.start.model(fittedTo: training) ?? .trivial()
  }

  /// The steps of the sample that starts are compared on.
  static let sampledSteps = 15_000
}

/// The most likely of several short fits with one dynamics: where the fit to all data goes on.
private struct LatentStart {
  private let dynamics: ScoreDynamics
  private let centre: Double
  private let spread: Double
  /// `nil` where there is no telling states apart.
  private var fit: LatentExpectationMaximization?

  init(_ training: LatentTrainingSet, sample: LatentTrainingSet, dynamics: ScoreDynamics) {
    self.dynamics = dynamics
    let all = training.blocks.sorted { $0.problem < $1.problem }.flatMap(\.values)
    let mean = all.reduce(0, +) / Double(max(all.count, 1))
    let squares = all.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    centre = mean
    spread = max((squares / Double(max(all.count, 1))).squareRoot(), 1e-9)
    let chains = training.blocks.reduce(0) { $0 + $1.isRight.count }
    let states = min(5, max(1, chains / 30))
    guard spread > 1e-9, states > 1 else { return }
    let data = LatentEstimationData(sample, centre: centre, spread: spread)
    for number in 0..<4 {
      var next = LatentExpectationMaximization(data, states: states, start: number)
      next.iterate(data, limit: 25, tolerance: 1e-6)
      if next.logLikelihood > fit?.logLikelihood ?? -.infinity { fit = next }
    }
  }

  /// The logarithm of the density of a sample's innovations and outcomes.
  func logDensity(of sample: LatentTrainingSet) -> Double {
    (fit?.logLikelihood ?? 0) - Double(sample.stepCount) * log(spread)
  }

  /// The fit brought to its end on a larger sample of the scores.
  func model(fittedTo training: LatentTrainingSet) -> LatentStateModel {
    var model = LatentStateModel.trivial(centre: centre, spread: spread)
    if var fit {
      let data = LatentEstimationData(
        training.thinned(to: 60_000).innovations(dynamics).training, centre: centre, spread: spread)
      fit.iterate(data, limit: 60, tolerance: 1e-7)
      model = fit.model(data, centre: centre, spread: spread)
    }
    model.dynamics = dynamics
    return model
  }
}

/// A training set in the form that expectation maximisation reads: standardised scores in bins.
struct LatentEstimationData: Sendable {
  static let bins = 96

  /// The problems' keys, ascending.
  let problems: [String]
  /// The first chain of each problem, with one more element at the end.
  let firstChain: [Int]
  /// Where each chain begins in `bin`, with one more element at the end.
  let start: [Int]
  let isRight: [Bool]
  /// For each problem what its scores are above or below what its share of right rollouts leads to expect.
  let startingOffset: [Double]
  /// The bin of each step's score.
  let bin: [UInt8]
  /// The standardised score at the middle of each bin.
  let middle: [Double]
  let longest: Int

  init(_ training: LatentTrainingSet, centre: Double, spread: Double) {
    problems = training.blocks.map(\.problem)
    let values = training.blocks.flatMap { $0.values.map { ($0 - centre) / spread } }
    let sorted = values.sorted()
    // The outermost thousandths share the last bins: no single score stretches them.
    let low = sorted[sorted.count / 1000] - 1e-6
    let high = sorted[sorted.count - 1 - sorted.count / 1000] + 1e-6
    let width = (high - low) / Double(Self.bins)
    middle = (0..<Self.bins).map { low + (Double($0) + 0.5) * width }
    bin = values.map { UInt8(min(max((($0 - low) / width).rounded(.down), 0), Double(Self.bins - 1))) }
    var chains = [0]
    var starts = [0]
    var right: [Bool] = []
    for block in training.blocks {
      for chain in block.isRight.indices {
        starts.append((starts.last ?? 0) + block.starts[chain + 1] - block.starts[chain])
        right.append(block.isRight[chain])
      }
      chains.append(right.count)
    }
    firstChain = chains
    start = starts
    isRight = right
    startingOffset = Self.offsets(training, centre: centre, spread: spread)
    longest = zip(starts.dropFirst(), starts).map { $0 - $1 }.max() ?? 0
  }

  /// Residuals of the regression over problems of the mean standardised score on the share of right rollouts.
  private static func offsets(_ training: LatentTrainingSet, centre: Double, spread: Double) -> [Double] {
    let points = training.blocks.map { block in
      (
        share: Double(block.isRight.count { $0 }) / Double(block.isRight.count),
        mean: (block.values.reduce(0, +) / Double(block.values.count) - centre) / spread
      )
    }
    let count = Double(points.count)
    let meanShare = points.reduce(0) { $0 + $1.share } / count
    let meanScore = points.reduce(0) { $0 + $1.mean } / count
    let variance = points.reduce(0) { $0 + ($1.share - meanShare) * ($1.share - meanShare) }
    let covariance = points.reduce(0) { $0 + ($1.share - meanShare) * ($1.mean - meanScore) }
    let slope = variance > 1e-12 ? covariance / variance : 0
    return points.map { $0.mean - meanScore - slope * ($0.share - meanShare) }
  }
}
