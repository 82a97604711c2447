import Traces

/// A record as it goes into a store: all that any thread can do for it is done.
public struct PackedRecord: Sendable {
  /// The reader's record; of its rollouts only `parent` is looked at, and its own `recording` is not.
  let record: TraceRecord
  /// The recording that all rollouts of the record belong to, named.
  let recording: Recording
  /// The rollouts as the store keeps them.
  let packed: PackedRollouts

  /// Creates a record to be written.
  ///
  /// - Parameters:
  ///   - record: What was packed; its rollouts may have been emptied since, and where they leave others may have changed.
  ///   - recording: The recording that it was packed with.
  ///   - packed: Its rollouts.
  public init(record: TraceRecord, recording: Recording, packed: PackedRollouts) {
    self.record = record
    self.recording = recording
    self.packed = packed
  }

  /// The key of its problem.
  public var problemKey: String { record.problem.key }

  /// What its rollouts add to a store.
  public var counts: IngestCounts { packed.counts }

  /// Packs a record.
  public init(_ graded: GradedRecord) {
    self.init(
      record: graded.record, recording: graded.recording,
      packed: PackedRollouts(graded.record, recording: graded.recording, answers: GradedAnswers(graded.answers)))
  }
}
