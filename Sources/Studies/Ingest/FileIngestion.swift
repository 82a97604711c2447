import TraceFormats
import TraceStore
import Traces

/// The ingest of one file: what was read of it so far and what it gave.
struct FileIngestion {
  /// Names the recordings.
  let names: RecordingNames
  /// What was added.
  var counts: IngestCounts
  /// Where records go; `nil` where nothing is to be written.
  var writer: SourceWriter?
  /// Records at the beginning that an earlier ingest has written already.
  var recordsToPass = 0
  /// Records dealt with so far.
  var recordsRead = 0
  /// The names of the recordings met.
  var recordings: Set<String> = []

  init(names: RecordingNames, counts: IngestCounts) {
    self.names = names
    self.counts = counts
  }

  /// Answers whose verdict differs from the source's own.
  var disagreements = 0

  /// Writes the records of a batch with what their answers came to.
  mutating func take(_ batch: AnnotatedBatch<[GradedAnswer?]>) throws {
    let passed = min(batch.records.count, max(0, recordsToPass - recordsRead))
    recordsRead += batch.records.count
    let fresh = zip(batch.records, batch.notes).dropFirst(passed).map { record, notes in
      GradedRecord(record: record, recording: names.recording(of: record), answers: notes)
    }
    guard !fresh.isEmpty else { return }
    for record in fresh { note(record) }
    if let writer {
      counts += try writer.write(batch: fresh, recordsRead: recordsRead)
    } else {
      counts += IngestCounts(countedIn: fresh)
    }
  }

  private mutating func note(_ graded: GradedRecord) {
    recordings.insert(graded.recording.name)
    for (rollout, answer) in zip(graded.record.rollouts, graded.answers) {
      guard let verdict = rollout.sourceVerdict else { continue }
      if verdict != (answer?.isRight ?? false) { disagreements += 1 }
    }
  }
}

extension IngestCounts {
  /// What records would add to an empty store.
  init(countedIn records: [GradedRecord]) {
    self.init()
    problems = Set(records.map(\.record.problem.key)).count
    for graded in records {
      for (rollout, answer) in zip(graded.record.rollouts, graded.answers) {
        rollouts += 1
        steps += rollout.stepEnds.count
        scores += rollout.scores.reduce(0) { $0 + $1.count }
        if rollout.finish != .open, answer == nil { withoutAnswer += 1 }
        if answer?.status == .fallback { unparsed += 1 }
      }
    }
  }
}
