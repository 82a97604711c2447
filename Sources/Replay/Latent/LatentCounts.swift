/// Expected counts of one pass over the data: what the maximisation step divides.
struct LatentCounts: Sendable {
  private let states: Int
  var transition: [Double]
  var weight: [Double]
  var sum: [Double]
  var squares: [Double]
  var right: [Double]
  var ends: [Double]
  var start: [Double]
  var startByProblem: [Double]
  var offsetNumerator: [Double]
  var offsetPrecision: [Double]
  var logLikelihood = 0.0

  /// Starts from a little of everything, so that nothing becomes impossible.
  init(states: Int, problems: Int) {
    self.states = states
    let zeros = [Double](repeating: 0, count: states)
    transition = Array(repeating: 0.2, count: states * states)
    weight = zeros
    sum = zeros
    squares = zeros
    right = Array(repeating: 0.5, count: states)
    ends = Array(repeating: 1, count: states)
    start = Array(repeating: 0.5, count: states)
    startByProblem = Array(repeating: 0, count: problems * states)
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
      for state in 0..<states {
        let share = pass.posterior(step, state)
        weight[state] += share
        sum[state] += share * value
        squares[state] += share * value * value
        let scaled = share / parameters.variance[state]
        offsetNumerator[problem] += scaled * (value + offset - parameters.mean[state])
        offsetPrecision[problem] += scaled
        if step == 0 {
          startByProblem[problem * states + state] += share
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
