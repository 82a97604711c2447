import TraceFormats
import Traces

/// What the first record of a file shows before any file is ingested: in which order the files are best taken, and which
/// of a folder's files are one recording.
struct InputPreview {
  /// The file.
  let input: InputFile
  /// Its format; `nil` where it cannot be told yet, as of standard input.
  private(set) var format: TraceFormat?
  /// The circumstances of its first record, where it names no recording itself.
  private(set) var unnamedRecording: Recording?
  /// Whether the gold answers of its problems must have come before it.
  private(set) var needsAnswers = false

  private struct Enough: Error {}

  /// The only file there is: neither order nor names depend on it.
  init(unseen input: InputFile) { self.input = input }

  /// Looks at a file; what is wrong with it is said when its turn comes.
  init(_ input: InputFile, options: ReadingOptions, toolPath: String) {
    self.input = input
    guard input.isReadableAgain,
      let content = try? IngestionInput(input, toolPath: toolPath, isLasting: true),
      let source = try? content.open(), let format = try? TraceReading(options).format(of: source, named: input.name)
    else { return }
    self.format = format
    if format.isNamedByFolder {
      // Of these formats some files name no problem but by their names, which the table or the store must have.
      needsAnswers = format.problemsAreListed && options.problems == nil
      return
    }
    needsAnswers = true
    var alone = options
    alone.threads = 1
    _ = try? TraceReading(alone).read(content.open(), named: input.name) { batch in
      guard let record = batch.records.first else { return }
      look(at: record)
      throw Enough()
    }
  }

  private mutating func look(at record: TraceRecord) {
    needsAnswers = record.problem.answer == nil
    let recording = record.recording ?? Recording(name: "")
    guard recording.name.isEmpty else { return }
    unnamedRecording = recording
    unnamedRecording?.date = nil
  }

  /// The place in the order of ingest: files that bring problems come first, then those that lack gold answers, then
  /// those that continue stored rollouts.
  var rank: Int { format?.parentsAreStored == true ? 2 : needsAnswers ? 1 : 0 }
}

extension [InputPreview] {
  /// The files in the order of ingest; among equals as they were given.
  var ordered: [InputFile] { (0...2).flatMap { rank in filter { $0.rank == rank }.map(\.input) } }
}
