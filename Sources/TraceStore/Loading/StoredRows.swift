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

/// A scorer of a store.
public struct StoredScorer: Hashable, Sendable {
  /// The row that the store knows the scorer by; differs between stores of equal content.
  public let identifier: Int64
  /// The reward model's name.
  public let name: String
  /// The range of its scores.
  public let scale: ScoreScale
  /// The channels that it has scores on, the step channel first.
  public let channels: [ScoreChannel]
}
