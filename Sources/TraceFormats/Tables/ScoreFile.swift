import Traces

/// Reads another reward model's scores for stored rollouts, from JSON lines, comma-separated values, or the output of a
/// batch of requests that `retrace scores requests` wrote.
public enum ScoreFile {
  /// Hands out the rows in the file's order.
  ///
  /// - Parameters:
  ///   - input: The file, compressed or not; what its first character is decides how it is read.
  ///   - options: Scorer, scales and `skipInvalid` count.
  ///   - rows: Takes some rows at a time.
  /// - Returns: How many lines were left out, and why the first twenty were.
  /// - Throws: `UnacceptableData` with file, line and field, and what `rows` throws.
  @discardableResult
  public static func read(
    _ input: InputFile, options: ReadingOptions = ReadingOptions(), rows: ([ScoreRow]) throws -> Void
  ) throws -> (skipped: Int, refusals: [UnacceptableData]) {
    let context = ReadingContext(file: input.name, options: options)
    let source = try input.open()
    let head = try Decompression.firstBytes(64, of: source)
    let whole = PrefixedSource(prefix: head, rest: source)
    let first = head.first { $0 > 0x20 && $0 < 0x80 }
    guard first != UInt8(ascii: "[") else {
      throw UnacceptableData(
        file: input.name, line: 1, found: "a JSON array", expected: "JSON lines: an object a line",
        remedy: "write its elements as lines: jq -c '.[]' FILE")
    }
    if first == UInt8(ascii: "{") || first == nil {
      return try readLines(whole, context, rows)
    }
    return try readTable(whole, context, rows)
  }

  private static func readLines(
    _ source: any ByteSource, _ context: ReadingContext, _ rows: ([ScoreRow]) throws -> Void
  ) throws -> (skipped: Int, refusals: [UnacceptableData]) {
    var parts = PrefixParts(file: context.file, skipsInvalid: context.options.skipInvalid)
    let reading = RowReading<ScoreRow>(options: context.options) { try ScoreRow($0, context) }
    var left = try reading.read(source, named: context.file) { try rows(parts.take(from: $0)) }
    try rows(
      parts.rows { gap in
        guard context.options.skipInvalid else { throw gap }
        left.skipped += 1
        if left.refusals.count < ReadingSummary.refusalsKept { left.refusals.append(gap) }
      })
    return left
  }

  private static func readTable(
    _ source: any ByteSource, _ context: ReadingContext, _ rows: ([ScoreRow]) throws -> Void
  ) throws -> (skipped: Int, refusals: [UnacceptableData]) {
    let lines = LineBatchReader(
      source, name: context.file, maximumRecordBytes: context.options.maximumRecordBytes)
    var table: ScoreTable?
    var collected = ScoreSteps()
    var left: (skipped: Int, refusals: [UnacceptableData]) = (0, [])
    while let batch = try lines.next() {
      try batch.forEachLine { line in
        guard !line.isBlank else { return true }
        do {
          try read(line, &table, &collected, context)
        } catch let refusal as UnacceptableData {
          let located = refusal.located(file: context.file, line: line.number)
          guard context.options.skipInvalid, table != nil else { throw located }
          left.skipped += 1
          if left.refusals.count < ReadingSummary.refusalsKept { left.refusals.append(located) }
        }
        return true
      }
      try rows(collected.takeFinished())
    }
    try rows(collected.takeAll())
    guard collected.count + left.skipped > 0 else {
      throw UnacceptableData(file: context.file, found: "a file without a row", expected: "a header and rows")
    }
    return left
  }

  private static func read(
    _ line: TextLine, _ table: inout ScoreTable?, _ collected: inout ScoreSteps, _ context: ReadingContext
  ) throws {
    let fields = try CSVLine(line)
    guard let table else {
      table = try ScoreTable(header: fields, context: context)
      return
    }
    let (row, step) = try table.row(fields, line: line.number)
    try collected.add(row, step: step, isByStep: table.isByStep)
  }
}

/// Joins rows of one step each to rows of one rollout each.
private struct ScoreSteps {
  private var rows: [ScoreRow] = []
  private(set) var count = 0

  mutating func add(_ row: ScoreRow, step: Int, isByStep: Bool) throws {
    count += 1
    guard isByStep, step > 0 else {
      rows.append(row)
      return
    }
    guard let last = rows.last, last.problem.isSameText(as: row.problem), last.rollout == row.rollout,
      last.scorer.isSameText(as: row.scorer), last.recording.isSameText(as: row.recording),
      max(last.stepScores.count, last.prefixScores.count) == step
    else {
      throw UnacceptableData(
        field: "step", found: "step \(step)", expected: "the steps of a rollout one after the other, from 0")
    }
    rows[rows.count - 1].stepScores += row.stepScores
    rows[rows.count - 1].prefixScores += row.prefixScores
    try rows[rows.count - 1].checkScores()
  }

  /// All rows but the last, to which steps may still be added.
  mutating func takeFinished() -> [ScoreRow] {
    guard let last = rows.popLast() else { return [] }
    defer { rows = [last] }
    return rows
  }

  mutating func takeAll() -> [ScoreRow] {
    defer { rows = [] }
    return rows
  }
}
