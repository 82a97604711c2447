import Foundation

/// The scaled forward and backward passes over one chain.
struct LatentForwardBackward: ~Copyable, Sendable {
  private let states: Int
  private let emission: FlatStorage<Double>
  private let forward: FlatStorage<Double>
  private let backward: FlatStorage<Double>

  init(states: Int, longest: Int) {
    self.states = states
    emission = FlatStorage(repeating: 0, count: longest * states)
    forward = FlatStorage(repeating: 0, count: longest * states)
    backward = FlatStorage(repeating: 0, count: longest * states)
  }

  /// Runs both passes over a chain.
  ///
  /// - Returns: The log-likelihood of scores and outcome.
  mutating func run(
    steps: Range<Int>,
    bins: [UInt8],
    table: [Double],
    isRight: Bool,
    parameters: LatentExpectationMaximization,
    start: [Double]
  ) -> Double {
    for (step, position) in steps.enumerated() {
      let row = Int(bins[position]) * states
      for state in 0..<states { emission[step * states + state] = table[row + state] }
    }
    let last = (steps.count - 1) * states
    for state in 0..<states {
      emission[last + state] *= isRight ? parameters.right[state] : 1 - parameters.right[state]
    }
    let likelihood = runForward(steps.count, parameters.transition, start)
    runBackward(steps.count, parameters.transition)
    return likelihood
  }

  private func runForward(_ count: Int, _ transition: [Double], _ start: [Double]) -> Double {
    var logLikelihood = 0.0
    for step in 0..<count {
      let row = step * states
      var total = 0.0
      for state in 0..<states {
        var prior = 0.0
        if step == 0 {
          prior = start[state]
        } else {
          for from in 0..<states { prior += forward[row - states + from] * transition[from * states + state] }
        }
        forward[row + state] = prior * emission[row + state]
        total += forward[row + state]
      }
      // A score that no state can explain says nothing about the state.
      let isPossible = total > 0
      logLikelihood += isPossible ? log(total) : -700
      for state in 0..<states {
        forward[row + state] = isPossible ? forward[row + state] / total : 1 / Double(states)
      }
    }
    return logLikelihood
  }

  private func runBackward(_ count: Int, _ transition: [Double]) {
    for state in 0..<states { backward[(count - 1) * states + state] = 1 }
    for step in stride(from: count - 2, through: 0, by: -1) {
      let row = step * states
      var total = 0.0
      for state in 0..<states {
        var sum = 0.0
        for to in 0..<states {
          sum += transition[state * states + to] * emission[row + states + to] * backward[row + states + to]
        }
        backward[row + state] = sum
        total += sum
      }
      for state in 0..<states { backward[row + state] = total > 0 ? backward[row + state] / total : 1 }
    }
  }

  /// The probability of a state at a step given the whole chain.
  func posterior(_ step: Int, _ state: Int) -> Double {
    let row = step * states
    var total = 0.0
    for other in 0..<states { total += forward[row + other] * backward[row + other] }
    return total > 0 ? forward[row + state] * backward[row + state] / total : 1 / Double(states)
  }

  /// Adds the probabilities of all moves from a step to the next.
  func addTransitions(_ step: Int, _ transition: [Double], to counts: inout [Double]) {
    let row = step * states
    var total = 0.0
    for cell in 0..<states * states { total += move(row, cell, transition) }
    guard total > 0 else { return }
    for cell in 0..<states * states { counts[cell] += move(row, cell, transition) / total }
  }

  @inline(__always)
  private func move(_ row: Int, _ cell: Int, _ transition: [Double]) -> Double {
    let next = row + states + cell % states
    return forward[row + cell / states] * transition[cell] * emission[next] * backward[next]
  }
}
