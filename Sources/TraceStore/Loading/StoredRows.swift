import Traces

/// A problem of a store.
public struct StoredProblem: Hashable, Sendable {
  /// The row that the store knows the problem by; differs between stores of equal content.
  public let identifier: Int64
  /// The problem.
  public let problem: Problem
}

/// A recording of a store.
public struct StoredRecording: Hashable, Sendable {
  /// The row that the store knows the recording by; differs between stores of equal content.
  public let identifier: Int64
  /// The recording.
  public let recording: Recording
}

/// A scorer of a store: one channel of a reward model.
public struct StoredScorer: Hashable, Sendable {
  /// The row that the store knows the scorer by; differs between stores of equal content.
  public let identifier: Int64
  /// The reward model's name, the channel and the range of its scores.
  public let column: ScoreColumn
}
