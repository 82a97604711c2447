import Foundation
import TraceFormats
import TraceStore
import Traces

/// From files to a store: read, grade, write; batch by batch, in bounded memory.
public struct Ingestion {
  /// How far an ingest is.
  public struct Progress: Sendable {
    /// The file that is read.
    public var file: String
    /// Records of it dealt with.
    public var records: Int
  }

  let request: IngestionRequest
  let options: ReadingOptions
  /// What tells the table of problems that the user gave from others.
  private let problems: String?
  private let judge = AnswerJudge()
  private let progress: (Progress) -> Void
  private let isStopped: @Sendable () -> Bool
  /// What a kill may cost.
  static let draftLimit = DraftLimit(bytes: 256 << 20, duration: .seconds(1))

  /// Prepares an ingest.
  ///
  /// - Parameters:
  ///   - request: What to ingest, into what.
  ///   - progress: Told after every batch.
  ///   - isStopped: Asked after every batch, and while a pipe gives nothing, whether the user wants to stop; what was
  ///     written stays.
  /// - Throws: `UnacceptableData` for an unknown format or an unreadable table of problems; `CancellationError` where the
  ///   user stops waiting for it.
  public init(
    _ request: IngestionRequest,
    progress: @escaping (Progress) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws {
    self.request = request
    self.progress = progress
    self.isStopped = isStopped
    options = try request.readingOptions(isStopped: isStopped)
    problems = options.problems?.fingerprint
  }

  /// Ingests all inputs, each to its end or not at all, unless the user stops it.
  ///
  /// - Returns: What was added.
  /// - Throws: `UnacceptableData` for input that is refused: nothing of that file stays in the store; `StoreFailure`;
  ///   `IngestionStopped` where the user stopped it.
  public func run() throws -> IngestionSummary {
    let start = ContinuousClock.now
    FreedMemory.keepForReuse()
    var summary: IngestionSummary
    do {
      summary = try run(drafting: true)
    } catch is DraftRefusal {
      // Another process has made the store meanwhile.
      summary = try run(drafting: false)
    }
    summary.seconds = (ContinuousClock.now - start) / .seconds(1)
    return summary
  }

  /// - Parameter drafting: Whether a store that is missing is first filled where nobody sees it.
  private func run(drafting: Bool) throws -> IngestionSummary {
    let found = try InputWalker.search(request.inputs)
    let companions = CompanionFiles(found, options: options)
    let (inputs, cassettes) = try separated(companions.inputs)
    let previews = inputs.count > 1 ? preview(inputs) : inputs.map(InputPreview.init(unseen:))
    let names = FolderRecordings(inputs: request.inputs, previews: previews)
    var summary = IngestionSummary(
      cassettes: cassettes.files, leftOut: found.leftOut, companions: companions.leftOut.map(\.name))
    if request.recording == nil { summary.dividedFolders = names.divided }
    let isNew = !FileManager.default.fileExists(atPath: request.store)
    do {
      let draft = drafting && inputs.allSatisfy(\.isReadableAgain) ? Self.draftLimit : nil
      let store = request.dryRun ? nil : try TraceStore(path: request.store, mode: .create, draft: draft)
      try publishing(store) {
        try settlingNames(of: store, &summary) { summary in
          let target = Target(store: store, names: names, cassettes: cassettes)
          try ingest(previews.ordered, into: target, &summary)
        }
      }
    } catch {
      let isOfInput = error is UnacceptableData || error is IngestionStopped || error is OutputFailure
      if isOfInput, isNew { removeEmptyStore() }
      throw error
    }
    summary.count(unmatchedIn: cassettes)
    return summary
  }

  /// Where files go.
  private struct Target {
    /// The store; `nil` where nothing is to be written.
    let store: TraceStore?
    /// The recordings' names where neither the user nor the file gives one.
    let names: FolderRecordings
    let cassettes: PrefixCassettes
  }

  private func preview(_ inputs: [InputFile]) -> [InputPreview] {
    inputs.map { InputPreview($0.stopped(by: isStopped), options: options, toolPath: request.toolPath) }
  }

  /// Runs an ingest and gives its store a name, also where the ingest was stopped or a later file is refused, if there is
  /// anything in it.
  private func publishing(_ store: TraceStore?, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error where !(error is DraftRefusal) {
      guard let store, (try? store.sources().isEmpty) == false else { throw error }
      do { try store.publish() } catch is StoreFailure {}
      throw error
    }
    try store?.publish()
  }

  /// Runs an ingest and joins what its complete files show to be one, also where a later file is refused.
  private func settlingNames(
    of store: TraceStore?, _ summary: inout IngestionSummary, _ body: (inout IngestionSummary) throws -> Void
  ) throws {
    do {
      try body(&summary)
    } catch {
      _ = try? store?.settleNames()
      throw error
    }
    summary.join(try store?.settleNames() ?? 0)
  }

  /// A store that was made for nothing is no store, unless another process has begun to use it.
  private func removeEmptyStore() {
    guard let store = try? TraceStore(path: request.store, mode: .readWrite) else { return }
    let isEmpty = (try? store.sources().isEmpty) ?? false
    // Who closes last takes the log away, which a reader cannot.
    try? store.close()
    guard isEmpty else { return }
    for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: request.store + ending) }
  }

  /// Ingests the inputs one after the other. Where records that are not acceptable are to be left out, so are files among
  /// others, unless nothing is left.
  private func ingest(
    _ inputs: [InputFile], into target: Target, _ summary: inout IngestionSummary
  ) throws {
    var problems = StoredProblems()
    var leftOut: UnacceptableData?
    var isAnyRead = false
    for original in inputs {
      do {
        try ingest(original, into: target, &problems, &summary)
        isAnyRead = true
      } catch let refusal as UnacceptableData where request.skipInvalid && inputs.count > 1 {
        leftOut = leftOut ?? refusal
        if target.store != nil { problems.reset() }
        summary.add(original, leftOut: refusal)
      }
    }
    if let leftOut, !isAnyRead { throw leftOut }
  }

  private func ingest(
    _ original: InputFile, into target: Target, _ problems: inout StoredProblems, _ summary: inout IngestionSummary
  ) throws {
    do {
      try SpooledInput.with(original.stopped(by: isStopped), readBy: TraceReading(options)) { file in
        let content = try IngestionInput(file, toolPath: request.toolPath, isLasting: original.isReadableAgain)
        try ingest(content, into: target, &problems, &summary)
      }
    } catch is CancellationError {
      throw IngestionStopped(file: original.name, records: 0)
    }
  }

  private func ingest(
    _ content: IngestionInput, into target: Target, _ problems: inout StoredProblems,
    _ summary: inout IngestionSummary
  ) throws {
    let (input, store) = (content.file, target.store)
    let stopped = try store?.unfinishedSources() ?? []
    try problems.update(from: store)
    var known = try options.knowing(store)
    known.storedProblems = problems.table
    known.prefixScores = target.cassettes.scores
    let format = try TraceReading(known).format(of: content.open(), named: input.name)
    let asked = askedOptions(for: input, format, target)
    let beginning = try store.map {
      try SourceBeginning(content, format: format, options: asked, store: $0, beginsAnew: request.restart)
    }
    let first = try beginning?.optionsOfStoppedIngest(among: stopped)
    var file = FileIngestion(
      file: input.name, names: RecordingNames(first ?? asked, input: input), skipInvalid: request.skipInvalid,
      beginning: beginning)
    do {
      let source = try beginning?.open() ?? content.openDigested()
      let read = try run(TraceReading(known), source, of: content, &file)
      if let copied = try file.writer?.finish(content: (source as? DigestedSource)?.text) {
        throw AlreadyIngested(format: copied.format, copied: copied.path)
      }
      summary.add(input, read: read, file)
    } catch let stored as AlreadyIngested {
      summary.add(input, known: stored)
    }
    // The table is extended in place, so nobody else may hold it then.
    known.storedProblems = nil
    problems.add(file.problemsRead.values)
    // What a stopped ingest had left may have been taken out of the store.
    if let store, !stopped.isEmpty, try store.unfinishedSources() != stopped { problems.reset() }
  }

  /// How a file is to be read, unless a stopped ingest has begun with it otherwise.
  private func askedOptions(for input: InputFile, _ format: TraceFormat, _ target: Target) -> SourceOptions {
    var asked = SourceOptions(request, problems: problems)
    asked.fallbackRecording = target.names.name(of: input)
    if format.name == TraceFormat.ofPrefixCassettes { asked.prefixScores = target.cassettes.sha256 }
    return asked
  }

  private func run(
    _ reading: TraceReading, _ source: any ByteSource, of content: IngestionInput, _ file: inout FileIngestion
  ) throws -> ReadingSummary {
    let (judge, names, name, problems) = (judge, file.names, file.file, reading.options.problems)
    do {
      let summary = try reading.read(
        source, named: name,
        note: { RecordNote(emptying: &$0, names: names, judge: judge, problems: problems) },
        fingerprint: \.fingerprint,
        batch: { batch in
          try file.take(batch)
          progress(Progress(file: name, records: file.recordsRead))
          guard isStopped() else { return }
          try file.writeRest()
          throw IngestionStopped(file: name, records: file.recordsRead)
        })
      try content.checkUnchanged()
      try file.writeRest()
      return summary
    } catch let refusal as UnacceptableData {
      try file.abandon()
      throw refusal
    } catch is CancellationError {
      try file.writeRest()
      throw IngestionStopped(file: name, records: file.recordsRead)
    }
  }

  /// The files to ingest, and the PRM cassettes among the inputs.
  private func separated(_ files: [InputFile]) throws -> (inputs: [InputFile], cassettes: PrefixCassettes) {
    let (inputs, scores) = try PrefixScoreFiles.separated(files, options: options)
    guard !inputs.isEmpty else { return (files, PrefixCassettes()) }
    let cassettes = files.filter { !inputs.contains($0) }
    return (inputs, try PrefixCassettes(files: cassettes, scores: scores))
  }
}

/// The user stopped an ingest: whole batches are in the store, and the same command goes on.
public struct IngestionStopped: Error, LocalizedError {
  /// The file that was being read.
  public let file: String
  /// Its records that are dealt with.
  public let records: Int

  /// What was done and how to go on.
  public var errorDescription: String? {
    records == 0
      ? "stopped before anything of \(file) was stored; the same command goes on from there"
      : "stopped after \(records) records of \(file); they are in the store, and the same command goes on from there"
  }
}
