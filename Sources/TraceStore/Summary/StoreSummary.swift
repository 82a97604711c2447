import Traces

/// What a store holds, in numbers.
public struct StoreSummary: Hashable, Sendable {
  /// What one recording holds.
  public struct OfRecording: Hashable, Sendable {
    /// The recording.
    public var recording: Recording
    /// Problems with rollouts of the recording.
    public var problems: Int
    /// Rollouts and segments.
    public var rollouts: Int
    /// Own steps of all rollouts.
    public var steps: Int
    /// Complete rollouts drawn from the prompt, by problem: the fewest and the most. What sets the largest budget.
    public var rolloutsPerProblem: ClosedRange<Int>
    /// Rollouts that continue another one.
    public var branches: Int
    /// Complete rollouts.
    public var complete: Int
    /// Complete rollouts whose answer is right.
    public var right: Int
    /// Complete rollouts without an answer.
    public var withoutAnswer: Int
    /// Rollouts whose tokens are known for each step.
    public var withStepTokens: Int
    /// Rollouts of which only the total of tokens is known.
    public var withTotalTokens: Int
    /// Rollouts with log-probabilities.
    public var withLogProbabilities: Int
  }

  /// What one channel of a scorer covers.
  public struct OfColumn: Hashable, Sendable {
    /// The scorer, the channel and the scale.
    public var column: ScoreColumn
    /// Rollouts with scores.
    public var rollouts: Int
    /// Single scores.
    public var scores: Int
    /// The smallest and the largest score.
    public var range: ClosedRange<Double>
    /// Rollouts with scores by recording, ordered by name; recordings without any are left out.
    public var rolloutsByRecording: [String: Int]
  }

  /// Each recording, ordered by name.
  public var recordings: [OfRecording] = []
  /// Each column of scores, ordered by scorer and channel.
  public var columns: [OfColumn] = []
  /// Sources by format, e.g. `retrace`: how many.
  public var sources: [String: Int] = [:]
  /// Sources whose ingest was stopped before the end.
  public var incompleteSources: [String] = []
  /// Problems.
  public var problems = 0
  /// Problems with a gold answer.
  public var problemsWithAnswer = 0
  /// Problems with recorded branching: segments that continue another rollout.
  public var problemsWithTree = 0
  /// Problems where rollouts share a first step, so that merging prefixes makes a tree.
  public var problemsWithSharedPrefixes = 0

  /// Rollouts and segments of all recordings.
  public var rollouts: Int { recordings.reduce(0) { $0 + $1.rollouts } }
  /// Own steps of all rollouts.
  public var steps: Int { recordings.reduce(0) { $0 + $1.steps } }
  /// Complete rollouts of all recordings.
  public var complete: Int { recordings.reduce(0) { $0 + $1.complete } }
  /// The share of complete rollouts without an answer, 0...1; 0 where there are none.
  public var shareWithoutAnswer: Double {
    complete == 0 ? 0 : Double(recordings.reduce(0) { $0 + $1.withoutAnswer }) / Double(complete)
  }
}
