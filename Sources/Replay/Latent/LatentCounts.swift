/// Expected counts of one pass over the data: what the maximisation step divides.
struct LatentCounts: Sendable {
  private static let states = LatentExpectationMaximization.states

  var transition = [Double](repeating: 0.2, count: states * states)
  var weight = [Double](repeating: 0, count: states)
  var sum = [Double](repeating: 0, count: states)
  var squares = [Double](repeating: 0, count: states)
  var right = [Double](repeating: 0.5, count: states)
  var ends = [Double](repeating: 1, count: states)
  var start = [Double](repeating: 0.5, count: states)
  var startByProblem: [Double]
  var offsetNumerator: [Double]
  var offsetPrecision: [Double]
  var logLikelihood = 0.0

  init(problems: Int) {
    startByProblem = Array(repeating: 0, count: problems * Self.states)
    offsetNumerator = Array(repeating: 0, count: problems)
    offsetPrecision = Array(repeating: 0, count: problems)
  }

  /// Adds one chain, whose forward and backward passes have just been run.
  mutating func add(
    _ pass: borrowing LatentForwardBackward,
    steps: Range<Int>,
    data: LatentEstimationData,
    isRight: Bool,
    problem: Int,
    offset: Double,
    parameters: LatentExpectationMaximization
  ) {
    let last = steps.count - 1
    for step in 0...last {
      let value = data.middle[Int(data.bin[steps.lowerBound + step])] - offset
      for state in 0..<Self.states {
        let share = pass.posterior(step, state)
        weight[state] += share
        sum[state] += share * value
        squares[state] += share * value * value
        let scaled = share / parameters.variance[state]
        offsetNumerator[problem] += scaled * (value + offset - parameters.mean[state])
        offsetPrecision[problem] += scaled
        if step == 0 {
          startByProblem[problem * Self.states + state] += share
          start[state] += share
        }
        if step == last {
          ends[state] += share
          if isRight { right[state] += share }
        }
      }
    }
    for step in 0..<last { pass.addTransitions(step, parameters.transition, to: &transition) }
  }
}
