import Traces

/// A record as it goes into a store: what the reader found, the recording that it was assigned to, and what the grader
/// made of its answers.
public struct GradedRecord: Sendable {
  /// The reader's record; its own `recording` is not looked at.
  public var record: TraceRecord
  /// The recording that all rollouts of the record belong to, named.
  public var recording: Recording
  /// For each rollout of the record its graded answer; `nil` where it has none (open segments never have one).
  public var answers: [GradedAnswer?]
  /// The keys of the steps, where somebody has computed them already.
  let stepKeys: StepKeys?

  /// Creates a record to be written.
  ///
  /// - Parameter stepKeys: The keys of the record's steps with the recording's delimiter, computed on another thread
  ///   than the one that writes; without them they are computed when the record is written.
  public init(
    record: TraceRecord, recording: Recording, answers: [GradedAnswer?], stepKeys: StepKeys? = nil
  ) {
    self.record = record
    self.recording = recording
    self.answers = answers
    self.stepKeys = stepKeys
  }
}

/// The keys by which the store tells the steps of a record's rollouts apart; equal texts have equal keys.
public struct StepKeys: Sendable {
  let byRollout: [[UInt64]]
  let delimiter: String

  /// Computes the keys: a pure function, for any thread.
  ///
  /// - Parameters:
  ///   - record: The record; where its steps do not fit its texts it is refused when it is written.
  ///   - delimiter: The text between two steps, as the recording has it.
  public init(of record: TraceRecord, delimiter: String) {
    self.delimiter = delimiter
    byRollout = record.rollouts.map { rollout in
      let isSound = Self.isSound(rollout, delimiterBytes: delimiter.utf8.count)
      return isSound ? StepBoundaries.keys(of: rollout, delimiterBytes: delimiter.utf8.count) : []
    }
  }

  /// Whether the steps stand inside the text, one after the other.
  private static func isSound(_ rollout: RolloutRecord, delimiterBytes: Int) -> Bool {
    let length = rollout.text.utf8.count
    var start = 0
    return rollout.stepEnds.allSatisfy { end in
      defer { start = Int(end) + delimiterBytes }
      return start...max(start, length) ~= Int(end) && Int(end) <= length
    }
  }
}
