import Traces

/// A record with the recording that it was assigned to and what the grader made of its answers.
public struct GradedRecord: Sendable {
  /// The reader's record; its own `recording` is not looked at.
  public var record: TraceRecord
  /// The recording that all rollouts of the record belong to, named.
  public var recording: Recording
  /// For each rollout of the record its graded answer; `nil` where it has none (open segments never have one).
  public var answers: [GradedAnswer?]

  /// Creates a record to be written.
  public init(record: TraceRecord, recording: Recording, answers: [GradedAnswer?]) {
    self.record = record
    self.recording = recording
    self.answers = answers
  }
}
