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
  /// What is to be known before anything is written; `nil` from then on, and where nothing is to be written.
  private var beginning: SourceBeginning?
  /// Where records go; `nil` where nothing is to be written.
  private(set) var writer: SourceWriter?
  /// Records at the beginning that an earlier ingest has written already.
  private var recordsToPass = 0
  /// Records dealt with so far.
  var recordsRead = 0
  /// Records that wait until there are enough of them for a transaction: each has a price of its own, in pages that are
  /// written once more and in commits.
  private var waiting: [PackedRecord] = []
  private var waitingBytes = 0
  private static let transactionBytes = 4 << 20
  /// Batches that came before the file's identity was known.
  private var held: [AnnotatedBatch<RecordNote>] = []
  private var heldBytes = 0
  private static let mostHeldBytes = 32 << 20
  /// The problems met where nothing is written: later files may need their answers.
  private(set) var problemsRead: [ExactText: Problem] = [:]
  /// The names of the recordings met.
  var recordings: Set<String> = []

  /// Answers whose verdict differs from the source's own.
  var disagreements = 0
  /// The problems whose gold answer in the user's table is another than the file's own.
  private var contradicted: Set<ExactText> = []
  /// How many these are.
  var contradictedAnswers: Int { contradicted.count }
  /// What is to be said of the first.
  private(set) var firstContradictedAnswer: String?
  /// Records left out since nobody knows their gold answer.
  var skipped = 0
  /// Why, for the first of them.
  var refusals: [UnacceptableData] = []

  init(file: String, names: RecordingNames, skipInvalid: Bool, beginning: SourceBeginning?) {
    self.file = file
    self.names = names
    self.skipInvalid = skipInvalid
    self.beginning = beginning
    counts = IngestCounts()
  }

  /// Takes the records of a batch with what was made of them; they are held as long as the file's identity is looked for.
  ///
  /// - Throws: `AlreadyIngested` where the store holds the whole file.
  mutating func take(_ batch: AnnotatedBatch<RecordNote>) throws {
    guard let beginning else { return try add(batch) }
    held.append(batch)
    heldBytes += batch.notes.reduce(0) { $0 + $1.packed.textBytes }
    if beginning.isReady || heldBytes >= Self.mostHeldBytes { try begin() }
  }

  /// Writes all that was taken.
  ///
  /// - Throws: `AlreadyIngested` where the store holds the whole file.
  mutating func writeRest() throws {
    try begin()
    try writeWaiting()
  }

  /// Takes all out of the store that was ever written of the file, since a record is not acceptable.
  ///
  /// - Throws: `UnacceptableData` where a record before it is not acceptable either; `AlreadyIngested` where the store
  ///   holds the whole file.
  mutating func abandon() throws {
    do { try writeRest() } catch let earlier as UnacceptableData {
      try writer?.abandon()
      throw earlier
    }
    try writer?.abandon()
  }

  private mutating func begin() throws {
    guard let beginning else { return }
    self.beginning = nil
    switch try beginning.begin() {
    case .alreadyComplete: throw AlreadyIngested(format: try beginning.storedFormat())
    case .copyOf(let path, let format): throw AlreadyIngested(format: format, copied: path)
    case .new(let writer): self.writer = writer
    case .resume(let writer, let records):
      self.writer = writer
      recordsToPass = records
    }
    for batch in held { try add(batch) }
    held = []
  }

  private mutating func add(_ batch: AnnotatedBatch<RecordNote>) throws {
    let passed = min(batch.records.count, max(0, recordsToPass - recordsRead))
    recordsRead += batch.records.count
    for (record, note) in zip(batch.records, batch.notes).dropFirst(passed) where try isAnswerKnown(of: record) {
      recordings.insert(note.recording.name)
      disagreements += note.disagreements
      if let other = note.otherAnswer { noteContradiction(of: record.problem, other) }
      if writer == nil { problemsRead[ExactText(record.problem.key)] = record.problem }
      waiting.append(PackedRecord(record: record, recording: note.recording, packed: note.packed))
      waitingBytes += note.packed.textBytes
    }
    if waitingBytes >= Self.transactionBytes { try writeWaiting() }
  }

  private mutating func noteContradiction(of problem: Problem, _ other: String) {
    contradicted.insert(ExactText(problem.key))
    guard firstContradictedAnswer == nil else { return }
    func shown(_ text: String) -> String { "\"\(OneLineText.shortened(text, to: 80))\"" }
    firstContradictedAnswer =
      "problem \(problem.key) has the gold answer \(shown(problem.answer ?? "")) here, \(shown(other)) in --problems"
  }

  /// Writes the records that wait, in one transaction.
  private mutating func writeWaiting() throws {
    guard !waiting.isEmpty else { return }
    if let writer {
      counts += try writer.write(batch: waiting, recordsRead: recordsRead)
    } else {
      counts += IngestCounts(countedIn: waiting)
    }
    waiting.removeAll(keepingCapacity: true)
    waitingBytes = 0
  }

  /// Formats that name only the problem take its answer from the store or from a table of problems.
  private mutating func isAnswerKnown(of record: TraceRecord) throws -> Bool {
    guard record.problem.answer == nil else { return true }
    let refusal = UnacceptableData(
      file: file, line: record.line, field: "problem", found: "problem \(record.problem.key) without an answer",
      expected: "a gold answer in the store, since the format has none",
      remedy: "give a file that has it with --problems FILE, or ingest other rollouts of the problem first")
    guard skipInvalid else { throw refusal }
    skipped += 1
    if refusals.count < ReadingSummary.refusalsKept { refusals.append(refusal) }
    return false
  }
}

extension IngestCounts {
  /// What records would add to an empty store.
  init(countedIn records: [PackedRecord]) {
    self.init()
    problems = Set(records.map { ExactText($0.problemKey) }).count
    for record in records { self += record.counts }
  }
}
