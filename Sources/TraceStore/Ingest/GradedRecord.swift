import Traces

/// A record as it goes into a store: what the reader found, the recording that it was assigned to, and what the grader
/// made of its answers.
public struct GradedRecord: Sendable {
  /// The reader's record; its own `recording` is not looked at.
  public var record: TraceRecord { didSet { pack() } }
  /// The recording that all rollouts of the record belong to, named.
  public var recording: Recording { didSet { pack() } }
  /// For each rollout of the record its graded answer; `nil` where it has none (open segments never have one).
  public var answers: [GradedAnswer?] { didSet { pack() } }
  /// The rollouts as the store keeps them.
  public private(set) var packed: PackedRollouts

  /// Creates a record to be written, and packs its rollouts.
  public init(record: TraceRecord, recording: Recording, answers: [GradedAnswer?]) {
    self.init(
      record: record, recording: recording, answers: answers,
      packed: PackedRollouts(record, recording: recording, answers: answers))
  }

  /// Creates a record to be written whose rollouts were packed before, with the same recording and answers; only where
  /// they leave others may have changed since.
  public init(record: TraceRecord, recording: Recording, answers: [GradedAnswer?], packed: PackedRollouts) {
    self.record = record
    self.recording = recording
    self.answers = answers
    self.packed = packed
  }

  private mutating func pack() { packed = PackedRollouts(record, recording: recording, answers: answers) }
}
