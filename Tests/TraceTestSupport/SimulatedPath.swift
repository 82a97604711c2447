import Foundation
import Traces

/// A partial answer of a simulated generator with its hidden state and what scores see of it.
public struct SimulatedPath: Sendable {
  /// The hidden state of the last step.
  public internal(set) var state: Int
  /// The number of steps.
  public internal(set) var steps: Int
  /// Whether the path is complete.
  public internal(set) var isOver: Bool
  /// Whether the answer is right; false while the path is not complete.
  public internal(set) var isRight: Bool
  /// The last step's score, 0...1.
  public internal(set) var last: Double
  /// The smallest score.
  public internal(set) var smallest: Double
  /// The largest score.
  public internal(set) var largest: Double
  /// The first step's score.
  public internal(set) var first: Double
  /// The sum of the scores.
  public internal(set) var sum: Double
  /// The sum of the scores' logarithms.
  public internal(set) var logProduct: Double
  /// The sum of the scores' log-odds.
  public internal(set) var logOddsSum: Double

  /// The prefix channel: the probability whose log-odds are the mean of the steps' log-odds so far.
  public var prefixScore: Double { 1 / (1 + exp(-logOddsSum / Double(steps))) }

  /// The aggregated score; `nil` for windows, which the simulation does not follow.
  public func score(_ aggregation: Aggregation) -> Double? {
    switch aggregation {
    case .last: last
    case .min: smallest
    case .product: exp(logProduct)
    case .mean: sum / Double(steps)
    case .geometricMean: exp(logProduct / Double(steps))
    case .max: largest
    case .first: first
    case .model: prefixScore
    case .window: nil
    }
  }
}

extension SimulatedModel {
  /// The first step of a path.
  public func start(problem index: Int, using random: inout RandomStream) -> SimulatedPath {
    let state = random.index(law: startLaw(ofProblem: index))
    let logOdds = means[state] + deviation * random.normal()
    let score = 1 / (1 + exp(-logOdds))
    var path = SimulatedPath(
      state: state, steps: 1, isOver: false, isRight: false, last: score, smallest: score, largest: score,
      first: score, sum: score, logProduct: log(score), logOddsSum: logOdds)
    finish(&path, problem: index, using: &random)
    return path
  }

  /// One more step of a path that is not complete.
  public func advance(_ path: inout SimulatedPath, problem index: Int, using random: inout RandomStream) {
    path.state = random.index(law: transitions(ofProblem: index)[path.state])
    let logOdds = means[path.state] + deviation * random.normal()
    let score = 1 / (1 + exp(-logOdds))
    path.steps += 1
    path.last = score
    path.smallest = min(path.smallest, score)
    path.largest = max(path.largest, score)
    path.sum += score
    path.logProduct += log(score)
    path.logOddsSum += logOdds
    finish(&path, problem: index, using: &random)
  }

  private func finish(_ path: inout SimulatedPath, problem index: Int, using random: inout RandomStream) {
    guard path.steps >= steps(ofProblem: index) else { return }
    path.isOver = true
    path.isRight = random.uniform() < rightAtEnd[path.state]
  }
}
