import TraceFormats
import TraceStore
import Traces

/// What an ingest makes of a record on the thread that parsed it: all but the writing.
struct RecordNote: Sendable {
  /// The recording that it belongs to, named.
  let recording: Recording
  /// Its rollouts as the store keeps them.
  let packed: PackedRollouts
  /// Answers whose verdict differs from the source's own.
  let disagreements: Int
  /// What it says of its rollouts; `nil` where it is refused anyway.
  let fingerprint: RecordFingerprint?
  /// The gold answer that the user's table has for the problem, where it is another than the file's own, which counts.
  let otherAnswer: String?

  /// Makes all of a record, and takes what is packed out of it: memory is best freed on the thread that has filled it.
  init(emptying record: inout TraceRecord, names: RecordingNames, judge: AnswerJudge, problems: ProblemTable?) {
    recording = names.recording(of: record)
    otherAnswer = problems?.otherAnswer(for: record.problem).flatMap { other in
      judge.areEqual(record.problem.answer ?? "", other) ? nil : other
    }
    let answers = judge.judge(record)
    packed = PackedRollouts(record, recording: recording, answers: answers)
    let hasDifferentTexts = packed.hasDifferentTexts
    fingerprint = packed.fingerprint(of: record, in: recording).map {
      RecordFingerprint(hash: $0, hasDifferentRollouts: hasDifferentTexts)
    }
    disagreements = record.rollouts.indices.count { index in
      record.rollouts[index].sourceVerdict.map { $0 != (answers[index]?.isRight ?? false) } ?? false
    }
    record.removeContents()
  }
}
