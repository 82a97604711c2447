import Traces

/// A generator with a reward model whose every law is known: a path has a hidden state, each step moves it, a score
/// shows it imperfectly, and the last state decides whether the answer is right.
///
/// The score of a step in state z is sigmoid(`means[z]` + `deviation` x normal). State 0 is the good one: a problem is
/// as hard as its probability of a start there.
public struct SimulatedModel: Sendable {
  /// The prefix of the problems' keys.
  public var name: String
  /// Row z: the probabilities of the next state after z.
  public var transitions: [[Double]]
  /// The mean log-odds of a step's score in each state.
  public var means: [Double]
  /// The probability of a right answer when the last step is in each state.
  public var rightAtEnd: [Double]
  /// How starts that are not good are divided among the states; element 0 is 0.
  public var otherStarts: [Double]
  /// The standard deviation of the log-odds.
  public var deviation: Double
  /// The numbers of steps of a complete path; problems take them in turn, first to last.
  public var steps: ClosedRange<Int>
  /// P(start good), from the hardest problem to the easiest, evenly spaced.
  public var goodStarts: ClosedRange<Double>
  /// The number of problems.
  public var problemCount: Int
  /// The transitions of every other problem, where problems differ in them; `nil` where they do not.
  public var otherTransitions: [[Double]]?
  /// The scale on which scores are recorded: probabilities or log-odds.
  public var scale = ScoreScale.probability

  /// Creates a model; the tables' sizes must agree with the number of means.
  public init(
    name: String,
    transitions: [[Double]],
    means: [Double],
    rightAtEnd: [Double],
    otherStarts: [Double],
    deviation: Double = 1,
    steps: ClosedRange<Int> = 10...10,
    goodStarts: ClosedRange<Double> = 0.02...0.6,
    problemCount: Int = 40
  ) {
    self.name = name
    self.transitions = transitions
    self.means = means
    self.rightAtEnd = rightAtEnd
    self.otherStarts = otherStarts
    self.deviation = deviation
    self.steps = steps
    self.goodStarts = goodStarts
    self.problemCount = problemCount
  }

  /// The number of hidden states.
  public var stateCount: Int { means.count }

  /// The steps of every complete path of a problem.
  public func steps(ofProblem index: Int) -> Int { steps.lowerBound + index % steps.count }

  /// P(start good) of a problem.
  public func goodStart(ofProblem index: Int) -> Double {
    guard problemCount > 1 else { return goodStarts.lowerBound }
    let width = goodStarts.upperBound - goodStarts.lowerBound
    return goodStarts.lowerBound + width * Double(index) / Double(problemCount - 1)
  }

  /// The law of the first step's state.
  public func startLaw(ofProblem index: Int) -> [Double] {
    let good = goodStart(ofProblem: index)
    return otherStarts.indices.map { $0 == 0 ? good : (1 - good) * otherStarts[$0] }
  }

  /// The transitions of a problem.
  public func transitions(ofProblem index: Int) -> [[Double]] {
    index % 2 == 1 ? otherTransitions ?? transitions : transitions
  }

  /// A problem as a store knows it.
  public func problem(_ index: Int) -> Problem {
    let digits = String(index)
    let padding = String(repeating: "0", count: max(0, 3 - digits.count))
    return Problem(key: "\(name)/\(padding)\(digits)", dataset: "simulated", answer: "right")
  }

  /// The exact probability that a single path of a problem is right, by the forward recursion.
  public func passAtOne(problem index: Int) -> Double {
    var law = startLaw(ofProblem: index)
    let transitions = transitions(ofProblem: index)
    for _ in 1..<steps(ofProblem: index) {
      law = law.indices.map { next in
        law.indices.reduce(0) { $0 + law[$1] * transitions[$1][next] }
      }
    }
    return zip(law, rightAtEnd).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The mean of the exact probabilities over the problems.
  public var passAtOne: Double {
    (0..<problemCount).reduce(0) { $0 + passAtOne(problem: $1) } / Double(problemCount)
  }
}
