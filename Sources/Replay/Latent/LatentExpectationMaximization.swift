import Foundation
import Traces

/// Expectation maximisation for `LatentStateModel`, on binned scores: no exponential in the inner loop.
struct LatentExpectationMaximization: Sendable {
  let states: Int

  var mean: [Double]
  var variance: [Double]
  var right: [Double]
  var transition: [Double]
  var start: [Double]
  var startByProblem: [[Double]] = []
  var offset: [Double]
  var offsetVariance: Double
  var logLikelihood = -Double.infinity

  /// A deterministic start: means spread over the scores, outcomes at random, which is what finds silent states.
  init(_ data: LatentEstimationData, states: Int, start number: Int) {
    self.states = states
    var stream = RandomStream(
      .init(seed: UInt64(number), problem: "", method: "latent", settings: "start"), budget: 0, replicate: 0)
    mean = (0..<states).map { -1.3 + 2.6 * (Double($0) + 0.5) / Double(states) + 0.3 * Self.normal(&stream) }
    variance = Array(repeating: 0.6, count: states)
    right = (0..<states).map { _ in min(max(stream.uniform(), 0.05), 0.95) }
    transition = (0..<states * states).map { $0 % (states + 1) == 0 ? 0.8 : 0.2 / Double(states - 1) }
    start = Array(repeating: 1 / Double(states), count: states)
    offset = data.startingOffset
    let squares = offset.reduce(0.0) { $0 + $1 * $1 }
    offsetVariance = max(squares / Double(max(offset.count, 1)), 1e-6)
  }

  private static func normal(_ stream: inout RandomStream) -> Double {
    (-2 * log(1 - stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
  }

  /// Iterates until the likelihood grows by less than a share of itself, or the limit.
  mutating func iterate(_ data: LatentEstimationData, limit: Int, tolerance: Double) {
    if startByProblem.isEmpty { startByProblem = Array(repeating: start, count: data.problems.count) }
    var last = -Double.infinity
    for iteration in 0..<limit {
      var counts = LatentCounts(states: states, problems: data.problems.count)
      collect(data, into: &counts)
      maximize(counts, fitsOffsets: iteration >= 3)
      logLikelihood = counts.logLikelihood
      if iteration > 10, logLikelihood - last < tolerance * abs(logLikelihood) { break }
      last = logLikelihood
    }
  }

  private func collect(_ data: LatentEstimationData, into counts: inout LatentCounts) {
    var pass = LatentForwardBackward(states: states, longest: data.longest)
    var table: [Double] = []
    for problem in data.problems.indices {
      if table.isEmpty || offsetVariance > 1e-4 { table = emissions(data, problem: problem) }
      for chain in data.firstChain[problem]..<data.firstChain[problem + 1] {
        let steps = data.start[chain]..<data.start[chain + 1]
        counts.logLikelihood += pass.run(
          steps: steps, bins: data.bin, table: table, isRight: data.isRight[chain], parameters: self,
          start: startByProblem[problem])
        counts.add(
          pass, steps: steps, data: data, isRight: data.isRight[chain], problem: problem, offset: offset[problem],
          parameters: self)
      }
    }
  }

  /// The density of each bin's middle in each state, bin by bin.
  private func emissions(_ data: LatentEstimationData, problem: Int) -> [Double] {
    data.middle.flatMap { middle in
      (0..<states).map { state in
        let difference = middle - offset[problem] - mean[state]
        return exp(max(-300, -0.5 * (difference * difference / variance[state] + log(2 * .pi * variance[state]))))
      }
    }
  }

  private mutating func maximize(_ counts: LatentCounts, fitsOffsets: Bool) {
    let startTotal = counts.start.reduce(0, +)
    start = counts.start.map { $0 / startTotal }
    for problem in startByProblem.indices {
      let weights = (0..<states).map { counts.startByProblem[problem * states + $0] + 2 * start[$0] }
      let total = weights.reduce(0, +)
      startByProblem[problem] = weights.map { $0 / total }
    }
    for from in 0..<states {
      let row = from * states..<(from + 1) * states
      let total = counts.transition[row].reduce(0, +)
      for cell in row { transition[cell] = counts.transition[cell] / total }
    }
    for state in 0..<states {
      mean[state] = counts.sum[state] / max(counts.weight[state], 1e-9)
      let second = (counts.squares[state] + 0.03) / (counts.weight[state] + 0.1)
      variance[state] = max(0.005, second - mean[state] * mean[state])
      right[state] = counts.right[state] / counts.ends[state]
    }
    if fitsOffsets { maximizeOffsets(counts) }
  }

  /// Offsets shrink to 0 as far as they are small against their variance.
  private mutating func maximizeOffsets(_ counts: LatentCounts) {
    var squares = 0.0
    for problem in offset.indices {
      let precision = counts.offsetPrecision[problem] + 1 / max(offsetVariance, 1e-6)
      offset[problem] = counts.offsetNumerator[problem] / precision
      squares += offset[problem] * offset[problem] + 1 / precision
    }
    offsetVariance = squares / Double(max(offset.count, 1))
    let centre = offset.reduce(0, +) / Double(max(offset.count, 1))
    for problem in offset.indices { offset[problem] -= centre }
    for state in mean.indices { mean[state] += centre }
  }

  /// The fitted model, its states in the order of their means.
  func model(_ data: LatentEstimationData, centre: Double, spread: Double) -> LatentStateModel {
    let order = mean.indices.sorted { mean[$0] < mean[$1] }
    var startByKey: [ExactText: [Double]] = [:]
    var offsetByKey: [ExactText: Double] = [:]
    for (problem, key) in data.problems.enumerated() {
      startByKey[ExactText(key)] = order.map { startByProblem[problem][$0] }
      offsetByKey[ExactText(key)] = offset[problem]
    }
    return LatentStateModel(
      stateCount: states, mean: order.map { mean[$0] }, variance: order.map { variance[$0] },
      rightProbability: order.map { right[$0] },
      transition: order.flatMap { from in order.map { transition[from * states + $0] } },
      start: order.map { start[$0] }, startByProblem: startByKey, offsetByProblem: offsetByKey,
      offsetVariance: offsetVariance, centre: centre, spread: spread)
  }
}
