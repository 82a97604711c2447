import Traces

/// Reads files of every format into records, in the file's order and in bounded memory.
public struct TraceReading: Sendable {
  /// What the user says about the files.
  public let options: ReadingOptions

  /// Creates a reading with options.
  public init(_ options: ReadingOptions = ReadingOptions()) { self.options = options }

  /// Reads one file.
  ///
  /// Lines are parsed on `options.threads` threads; batches come in the file's order, on the caller's thread.
  ///
  /// - Parameters:
  ///   - input: The file, or standard input.
  ///   - batch: Takes the records of some neighbouring lines; what it throws ends the reading.
  /// - Returns: What was read: the format, counts, and what was left out.
  /// - Throws: `UnacceptableData` with file, line, field and byte, and what `batch` throws.
  public func read(_ input: InputFile, batch: (RecordBatch) throws -> Void) throws -> ReadingSummary {
    try read(input.open(), named: input.name, batch: batch)
  }

  /// Reads a stream of decompressed content.
  ///
  /// - Parameters:
  ///   - source: The content.
  ///   - name: What messages call the file.
  ///   - batch: Takes the records of some neighbouring lines.
  /// - Throws: As `read(_:batch:)`.
  public func read(
    _ source: any ByteSource, named name: String, batch: (RecordBatch) throws -> Void
  ) throws -> ReadingSummary {
    try read(source, named: name, note: { _ in }, batch: { try batch(RecordBatch($0)) })
  }

  /// Reads one file and makes something of each record on the thread that parsed it, such as the grades of its answers.
  ///
  /// - Parameters:
  ///   - input: The file, or standard input.
  ///   - note: A pure function of a record; parents of its rollouts may not be final yet. It may take out of the record
  ///     what is not needed any more, but no rollout.
  ///   - fingerprint: What a record says, by its note: with it, records are found that come again.
  ///   - batch: Takes some neighbouring records with their notes, on the caller's thread.
  /// - Throws: As `read(_:batch:)`.
  public func read<Note: Sendable>(
    _ input: InputFile, note: @escaping @Sendable (inout TraceRecord) -> Note,
    fingerprint: @escaping (Note) -> RecordFingerprint? = { _ in nil }, batch: (AnnotatedBatch<Note>) throws -> Void
  ) throws -> ReadingSummary {
    try read(input.open(), named: input.name, note: note, fingerprint: fingerprint, batch: batch)
  }

  /// Reads a stream of content and makes something of each record on the thread that parsed it.
  ///
  /// - Parameters:
  ///   - source: The content.
  ///   - name: What messages call the file.
  ///   - note: A pure function of a record; it may take out of it what is not needed any more, but no rollout.
  ///   - fingerprint: What a record says, by its note: with it, records are found that come again.
  ///   - batch: Takes some neighbouring records with their notes, on the caller's thread.
  /// - Throws: As `read(_:batch:)`.
  public func read<Note: Sendable>(
    _ source: any ByteSource, named name: String, note: @escaping @Sendable (inout TraceRecord) -> Note,
    fingerprint: @escaping (Note) -> RecordFingerprint? = { _ in nil }, batch: (AnnotatedBatch<Note>) throws -> Void
  ) throws -> ReadingSummary {
    let lines = LineBatchReader(source, name: name, maximumRecordBytes: options.maximumRecordBytes)
    return try withoutActuallyEscaping(batch) {
      try read(lines, name, Sink(note: note, fingerprint: fingerprint, batch: $0))
    }
  }

  func read(_ lines: LineBatchReader, _ name: String, _ batch: (RecordBatch) throws -> Void) throws -> ReadingSummary {
    try withoutActuallyEscaping(batch) { batch in
      try read(
        lines, name,
        Sink<Void>(note: { _ in }, fingerprint: { _ in nil }, batch: { try batch(RecordBatch($0)) }))
    }
  }

  private func read<Note: Sendable>(
    _ lines: LineBatchReader, _ name: String, _ sink: Sink<Note>
  ) throws -> ReadingSummary {
    guard let first = try lines.next() else { throw Self.empty(name) }
    let opening = try FileOpening.of(first, lines, name: name, given: options.format)
    var summary = ReadingSummary(format: opening.format, wasRecognised: options.format == nil)
    let context = ReadingContext(file: name, options: options)
    switch (opening.format.content, opening.document) {
    case (.lines(let reader), nil):
      let parsing = try lineParsing(reader, context, sample: first)
      lines.putBack(first)
      try readLines(reader, parsing, lines, &summary, sink)
    case (.lines(let reader), let document?):
      let whole = LineBatch(buffer: document, firstLine: 1, byte: 0, lineCount: 1)
      try readSingleRecord(reader, context, whole, &summary, sink)
    case (.document(let reader), let document):
      let whole = try document ?? lines.rest(after: first.buffer)
      try readDocument(reader, context, whole, &summary, sink)
    }
    guard summary.records + summary.skipped > 0 else { throw Self.empty(name) }
    return summary
  }

  /// Where records go: first through a function on any thread, then in order to the caller.
  struct Sink<Note: Sendable> {
    let note: @Sendable (inout TraceRecord) -> Note
    let fingerprint: (Note) -> RecordFingerprint?
    let batch: (AnnotatedBatch<Note>) throws -> Void
  }

  static func empty(_ name: String) -> UnacceptableData {
    UnacceptableData(
      file: name, found: "a file without a record", expected: "at least one record",
      remedy: "leave it out, or see what should have written it")
  }
}

extension TraceReading {
  private func readLines<Note: Sendable>(
    _ type: any LineReader.Type, _ parsing: LineParsing, _ lines: LineBatchReader, _ summary: inout ReadingSummary,
    _ sink: Sink<Note>
  ) throws {
    var order = FileOrder(reader: type, file: parsing.file, skipInvalid: options.skipInvalid)
    let note = sink.note
    let pipeline = OrderedPipeline<LineBatch, (parsed: ParsedBatch, notes: [Note])>(
      threads: max(1, options.threads), weightLimit: 32 << 20, weight: { $0.buffer.count },
      work: { batch in
        var parsed = try parsing.parse(batch)
        let notes = parsed.records.indices.map { note(&parsed.records[$0]) }
        return (parsed, notes)
      })
    lines.skipsLongLines = options.skipInvalid
    // The lines belong to one thread at a time: from here on to the one that reads them.
    nonisolated(unsafe) let lines = lines
    try pipeline.run {
      try lines.next()
    } deliver: { work in
      try Self.deliver(work.parsed, work.notes, &order, &summary, sink)
    }
    summary.convention = order.convention
  }

  private func readSingleRecord<Note: Sendable>(
    _ type: any LineReader.Type, _ context: ReadingContext, _ whole: LineBatch, _ summary: inout ReadingSummary,
    _ sink: Sink<Note>
  ) throws {
    let line = TextLine(bytes: whole.buffer.bytes, number: 1, byte: 0)
    let reader = try Self.locating(context.file, in: line.bytes) { try type.init(context: context, sample: [line]) }
    let read = try Self.locating(context.file, in: line.bytes) { try reader.read(line) }
    var parsed = ParsedBatch(records: read.records)
    if read.conventions != .max { parsed.conventions = [(1, read.conventions)] }
    parsed.linesRead = line.bytes.occurrences(ofByte: 0x0a)
    parsed.bytesRead = line.bytes.count
    var order = FileOrder(reader: type, file: context.file, skipInvalid: options.skipInvalid)
    let notes = parsed.records.indices.map { sink.note(&parsed.records[$0]) }
    try Self.deliver(parsed, notes, &order, &summary, sink)
    summary.convention = order.convention
    withExtendedLifetime(whole) {}
  }

  private func lineParsing(
    _ type: any LineReader.Type, _ context: ReadingContext, sample: LineBatch
  ) throws -> LineParsing {
    var lines: [TextLine] = []
    sample.forEachLine { line in
      if !line.isBlank { lines.append(line) }
      return true
    }
    do {
      return LineParsing(
        reader: try type.init(context: context, sample: lines), file: context.file, skipInvalid: options.skipInvalid,
        maximumRecordBytes: options.maximumRecordBytes)
    } catch let refusal as UnacceptableData {
      throw refusal.located(file: context.file)
    }
  }

  private static func deliver<Note: Sendable>(
    _ parsed: ParsedBatch, _ notes: [Note], _ order: inout FileOrder, _ summary: inout ReadingSummary,
    _ sink: Sink<Note>
  ) throws {
    let earlier = summary.firstRefusals
    summary.firstRefusals = []
    let records = try order.accept(parsed, notes: notes, fingerprint: sink.fingerprint, &summary)
    // In the order of the lines, whoever refused them.
    let refusals = (summary.firstRefusals + parsed.refusals).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    summary.firstRefusals = earlier
    summary.skip(refusals, count: parsed.skipped)
    summary.lines = records.linesRead
    summary.bytes = records.bytesRead
    summary.records += records.records.count
    try sink.batch(records)
    if let failure = parsed.failure { throw failure }
  }

  private func readDocument<Note: Sendable>(
    _ type: any DocumentReader.Type, _ context: ReadingContext, _ whole: ByteBuffer,
    _ summary: inout ReadingSummary, _ sink: Sink<Note>
  ) throws {
    let bytes = whole.bytes
    summary.bytes = bytes.count
    let hasLines = type.notation != .pickle
    var counts = summary
    var deliveryFailure: (any Error)?
    var repeated = RepeatedRecords(file: context.file, areWholeSamples: type.recordsAreWholeSamples)
    func refuse(_ refusal: UnacceptableData) throws {
      let located = Self.located(refusal, context.file, bytes, hasLines: hasLines)
      guard options.skipInvalid, deliveryFailure == nil else { throw located }
      counts.skip([located], count: 1)
    }
    do {
      try type.init(context: context).read(bytes) { read in
        var record = read
        let note = sink.note(&record)
        switch repeated.find(record, identity: nil, fingerprint: sink.fingerprint(note)) {
        case .refusal(let refusal): return try refuse(refusal)
        case .possible(let note): counts.noteRepeated(note)
        case nil: break
        }
        counts.records += 1
        do {
          try sink.batch(AnnotatedBatch(records: [record], notes: [note], linesRead: 0, bytesRead: bytes.count))
        } catch {
          deliveryFailure = error
          throw error
        }
      } refused: {
        try refuse($0)
      }
    } catch let refusal as UnacceptableData {
      if let deliveryFailure { throw deliveryFailure }
      try refuse(refusal)
    }
    summary = counts
    withExtendedLifetime(whole) {}
  }

  /// A refusal with the file, and the line that its byte is in.
  private static func located(
    _ refusal: UnacceptableData, _ file: String, _ bytes: UnsafeRawBufferPointer, hasLines: Bool
  ) -> UnacceptableData {
    guard hasLines, let byte = refusal.byte else { return refusal.located(file: file) }
    let before = UnsafeRawBufferPointer(rebasing: bytes[..<min(byte, bytes.count)])
    return refusal.located(file: file, line: before.occurrences(ofByte: 0x0a) + 1)
  }

  /// Adds the file and the line to what a function refuses.
  static func locating<Result>(
    _ file: String, in bytes: UnsafeRawBufferPointer, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let refusal as UnacceptableData {
      throw located(refusal, file, bytes, hasLines: true)
    }
  }
}
