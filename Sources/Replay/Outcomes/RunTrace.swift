import Traces

/// One run, step by step: who descended from whom, and with what weight.
public struct RunTrace: Sendable {
  /// One candidate after a step.
  public struct Member: Hashable, Sendable {
    /// The node that it stands at.
    public let node: Int
    /// Its aggregated score, in the scorer's scale.
    public let score: Double
    /// The position of its ancestor one step before; `nil` at the first step.
    public let ancestor: Int?
    /// Whether it has come to an end.
    public let isFinished: Bool
    /// Whether it has come to the right answer.
    public let isRight: Bool
    /// Whether a recorded way leads from its node to the right answer.
    public let canBeRight: Bool
  }

  /// The candidates after each joint move of all.
  public let steps: [[Member]]
  /// Whether the answer is right, 0 or 1; `nil` where the run was refused.
  public let right: Double?
  /// Where the continuations came from.
  public let coverage: Coverage

  /// 1 / sum p^2 of the odds of the scores after a step (for other scales than probabilities of their exponentials).
  public func effectiveSampleSize(step: Int, scale: ScoreScale) -> Double {
    let members = steps[step]
    let weights = FlatStorage(repeating: 0.0, count: members.count)
    let candidates = FlatStorage(members.map { Candidate(score: $0.score) })
    ScoreWeights().fill(weights, of: candidates, count: members.count, scale: scale, temperature: 1)
    return FilterSettings.effectiveSampleSize(weights, count: members.count)
  }

  /// The number of first steps from which the candidates after a step descend.
  public func ancestorsAlive(step: Int) -> Int {
    var alive = Set(steps[step].indices)
    for earlier in stride(from: step, to: 0, by: -1) { alive = Set(alive.compactMap { steps[earlier][$0].ancestor }) }
    return alive.count
  }

  /// The last step after which a candidate could still come to the right answer by recorded ways; `nil` where none could
  /// after the first.
  public var lastStepThatCouldBeRight: Int? { steps.lastIndex { $0.contains(where: \.canBeRight) } }
}

/// A node whose recorded continuations do not suffice.
public struct MissingContinuation: Hashable, Sendable {
  /// The node; its path is the partial answer to be continued.
  public let node: Int
  /// How many continuations a run lacked at most.
  public let draws: Int
}
