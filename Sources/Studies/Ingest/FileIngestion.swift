import TraceFormats
import TraceStore
import Traces

/// The ingest of one file: what was read of it so far and what it gave.
struct FileIngestion {
  /// The file as the user named it.
  let file: String
  /// Names the recordings.
  var names: RecordingNames
  /// Whether records that are not acceptable are counted instead of ending the ingest.
  let skipInvalid: Bool
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

  /// Answers whose verdict differs from the source's own.
  var disagreements = 0
  /// Records left out since nobody knows their gold answer.
  var skipped = 0
  /// Why, for the first of them.
  var refusals: [UnacceptableData] = []

  init(file: String, names: RecordingNames, skipInvalid: Bool) {
    self.file = file
    self.names = names
    self.skipInvalid = skipInvalid
    counts = IngestCounts()
  }

  /// Writes the records of a batch with what their answers came to.
  mutating func take(_ batch: AnnotatedBatch<[GradedAnswer?]>) throws {
    let passed = min(batch.records.count, max(0, recordsToPass - recordsRead))
    recordsRead += batch.records.count
    let fresh = try zip(batch.records, batch.notes).dropFirst(passed).compactMap { record, answers in
      try isAnswerKnown(of: record)
        ? GradedRecord(record: record, recording: names.recording(of: record), answers: answers) : nil
    }
    guard !fresh.isEmpty else { return }
    for record in fresh { note(record) }
    if let writer {
      counts += try writer.write(batch: fresh, recordsRead: recordsRead)
    } else {
      counts += IngestCounts(countedIn: fresh)
    }
  }

  /// Formats that name only the problem take its answer from the store or from a table of problems.
  private mutating func isAnswerKnown(of record: TraceRecord) throws -> Bool {
    guard record.problem.answer == nil else { return true }
    let refusal = UnacceptableData(
      file: file, line: record.line, field: "problem", found: "problem \(record.problem.key) without an answer",
      expected: "a gold answer in the store",
      remedy: "ingest the rollouts that such runs belong to first, or give a file that has it with --problems FILE")
    guard skipInvalid else { throw refusal }
    skipped += 1
    if refusals.count < ReadingSummary.refusalsKept { refusals.append(refusal) }
    return false
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
