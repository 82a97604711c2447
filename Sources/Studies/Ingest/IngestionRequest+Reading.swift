import TraceFormats
import TraceStore
import Traces

extension IngestionRequest {
  /// The request as the readers take it.
  ///
  /// - Throws: `StudyError.unknownName` for a format that nobody reads; `UnacceptableData` for a table of problems that
  ///   cannot be read.
  func readingOptions(isStopped: @escaping @Sendable () -> Bool = { false }) throws -> ReadingOptions {
    var options = ReadingOptions(
      scorer: scorer, scales: scales, defaultScale: defaultScale, skipInvalid: skipInvalid,
      maximumRecordBytes: maximumRecordBytes, threads: threads)
    options.sampling = sampling
    if let format, format != "auto" {
      guard let known = TraceFormat(name: format) else {
        throw StudyError.unknownFormat(format, known: TraceFormat.all.map(\.name))
      }
      options.format = known
    }
    if let problems { options.problems = try ProblemFile.read(InputFile(problems).stopped(by: isStopped)) }
    return options
  }
}

extension IngestionSummary {
  /// Adds what a file gave.
  mutating func add(_ input: InputFile, read: ReadingSummary, _ file: FileIngestion) {
    repeated += read.repeated
    problems += file.counts.problems
    rollouts += file.counts.rollouts
    steps += file.counts.steps
    scores += file.counts.scores
    unparsed += file.counts.unparsed
    withoutAnswer += file.counts.withoutAnswer
    disagreements += file.disagreements
    contradictedAnswers += file.contradictedAnswers
    skipped += read.skipped + file.skipped
    bytes += read.bytes
    var summary = FileSummary(file: input.name, format: read.format.name)
    summary.recording = file.recordings.count == 1 ? file.recordings.first : nil
    summary.convention = read.convention
    summary.repeated = read.repeated
    summary.firstRepeated = read.firstRepeated?.localizedDescription
    summary.contradictedAnswers = file.contradictedAnswers
    summary.firstContradictedAnswer = file.firstContradictedAnswer
    summary.skipped = read.skipped + file.skipped
    summary.refusals = (read.firstRefusals + file.refusals).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
      .prefix(ReadingSummary.refusalsKept)
      .map(\.localizedDescription)
    files.append(summary)
  }

  /// Adds a file that the store holds already, maybe from another file of the same content.
  mutating func add(_ input: InputFile, known: AlreadyIngested) {
    var summary = FileSummary(file: input.name, format: known.format)
    summary.alreadyIngested = true
    summary.copyOf = known.copied
    files.append(summary)
  }

  /// Adds a file that is left out as a whole.
  mutating func add(_ input: InputFile, leftOut refusal: UnacceptableData) {
    var summary = FileSummary(file: input.name, format: FileSummary.noFormat)
    summary.skipped = 1
    summary.refusals = [refusal.located(file: input.name).localizedDescription]
    skipped += 1
    files.append(summary)
  }
}

extension ReadingOptions {
  /// The options with the recordings that a store has, to which continuations belong.
  func knowing(_ store: TraceStore?) throws -> ReadingOptions {
    guard let store else { return self }
    var options = self
    for stored in try store.recordings() { options.recordings[stored.recording.name] = stored.recording }
    return options
  }
}

extension ProblemTable {
  /// 16 hexadecimal digits that tell the table from others, whatever file or pipe it came from.
  var fingerprint: String {
    var hash = StableHash()
    for problem in problems {
      for part in [
        problem.key, problem.dataset, problem.statement, problem.answer, problem.subject, problem.level,
      ] { hash.combine(part.map { "=" + $0 } ?? "") }
    }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
