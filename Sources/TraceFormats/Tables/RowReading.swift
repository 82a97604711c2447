import Traces

/// Reads files whose lines are rows of one kind that are no traces: scores, online runs, problems.
struct RowReading<Row: Sendable>: Sendable {
  let options: ReadingOptions
  /// Reads one line: a pure function.
  let parse: @Sendable (TextLine) throws -> Row

  private struct Parsed: Sendable {
    var rows: [Row] = []
    var skipped = 0
    var refusals: [UnacceptableData] = []
  }

  /// Hands out the rows in the file's order, in batches, on the caller's thread.
  ///
  /// - Throws: `UnacceptableData` with file and line, and what `rows` throws.
  func read(
    _ source: any ByteSource, named name: String, rows: ([Row]) throws -> Void
  ) throws -> (skipped: Int, refusals: [UnacceptableData]) {
    // The lines belong to one thread at a time: here to the one that reads them.
    nonisolated(unsafe) let lines = LineBatchReader(source, name: name, maximumRecordBytes: options.maximumRecordBytes)
    lines.skipsLongLines = options.skipInvalid
    var skipped = 0
    var refusals: [UnacceptableData] = []
    var count = 0
    let pipeline = OrderedPipeline<LineBatch, Parsed>(
      threads: max(1, options.threads), weightLimit: 32 << 20, weight: { $0.buffer.count },
      work: { try parse($0, name) })
    try pipeline.run {
      try lines.next()
    } deliver: { parsed in
      skipped += parsed.skipped
      refusals += parsed.refusals.prefix(max(0, ReadingSummary.refusalsKept - refusals.count))
      count += parsed.rows.count + parsed.skipped
      try rows(parsed.rows)
    }
    guard count > 0 else {
      throw UnacceptableData(file: name, found: "a file without a row", expected: "at least one row")
    }
    return (skipped, refusals)
  }

  private func parse(_ batch: LineBatch, _ name: String) throws -> Parsed {
    var parsed = Parsed()
    if let refusal = batch.refusal {
      parsed.skipped = 1
      parsed.refusals = [refusal]
    }
    try batch.forEachLine { line in
      guard !line.isBlank else { return true }
      do {
        parsed.rows.append(try parse(line))
      } catch let refusal as UnacceptableData {
        let located = refusal.located(file: name, line: line.number)
        guard options.skipInvalid else { throw located }
        parsed.skipped += 1
        if parsed.refusals.count < ReadingSummary.refusalsKept { parsed.refusals.append(located) }
      }
      return true
    }
    return parsed
  }
}
