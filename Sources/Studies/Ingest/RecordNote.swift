import TraceStore
import Traces

/// What an ingest makes of a record on the thread that parsed it: all but the writing.
struct RecordNote: Sendable {
  /// The recording that it belongs to, named.
  let recording: Recording
  /// For each rollout its graded answer.
  let answers: [GradedAnswer?]
  /// Its rollouts as the store keeps them.
  let packed: PackedRollouts
  /// Answers whose verdict differs from the source's own.
  let disagreements: Int
  /// A hash of all that the record says of its rollouts; `nil` where it is refused anyway.
  let fingerprint: UInt64?

  init(_ record: TraceRecord, names: RecordingNames, judge: AnswerJudge) {
    recording = names.recording(of: record)
    let answers = judge.judge(record)
    self.answers = answers
    packed = PackedRollouts(record, recording: recording, answers: answers)
    fingerprint = packed.fingerprint(of: record, in: recording)
    disagreements = record.rollouts.indices.count { index in
      record.rollouts[index].sourceVerdict.map { $0 != (answers[index]?.isRight ?? false) } ?? false
    }
  }
}
