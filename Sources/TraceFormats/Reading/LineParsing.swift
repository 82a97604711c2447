import Traces

/// What a batch of lines gave.
struct ParsedBatch: Sendable {
  var records: [TraceRecord] = []
  /// Lines that do not agree with every convention, with those they agree with.
  var conventions: [(line: Int, agreeing: UInt32)] = []
  /// What the file numbers lines with.
  var identities: [Int: RecordIdentity] = [:]
  var skipped = 0
  var refusals: [UnacceptableData] = []
  /// What ends the reading after the records before it, where lines are not to be skipped.
  var failure: UnacceptableData?
  /// The problems that skipped lines belong to, where so much could be seen.
  var damagedProblems: Set<ExactText> = []
  /// Whether a line was skipped whose problem could not be seen.
  var hasUnknownDamage = false
  var linesRead = 0
  var bytesRead = 0

  /// Counts a line that is left out.
  mutating func skip(_ refusal: UnacceptableData, ofProblem key: String?) {
    skipped += 1
    if let key {
      damagedProblems.insert(ExactText(key))
    } else {
      hasUnknownDamage = true
    }
    if refusals.count < ReadingSummary.refusalsKept { refusals.append(refusal) }
  }
}

/// Parses batches of lines; the same function on every thread.
struct LineParsing: Sendable {
  let reader: any LineReader
  let file: String
  let skipInvalid: Bool
  let maximumRecordBytes: Int

  /// Reads all lines of a batch; blank ones are passed over.
  ///
  /// The first line that is not acceptable ends the batch, unless such lines are to be skipped: a record before it may turn
  /// out to be the first to be refused.
  func parse(_ batch: LineBatch) throws -> ParsedBatch {
    var parsed = ParsedBatch()
    parsed.linesRead = batch.firstLine - 1 + batch.lineCount
    parsed.bytesRead = batch.byte + batch.buffer.count + batch.bytesLeftOut
    if let refusal = batch.refusal { parsed.skip(refusal, ofProblem: nil) }
    try batch.forEachLine { line in
      guard !line.isBlank else { return true }
      do {
        try add(line, to: &parsed)
      } catch let refusal as UnacceptableData {
        let located = refusal.located(file: file, line: line.number)
        guard skipInvalid else {
          parsed.failure = located
          return false
        }
        parsed.skip(located, ofProblem: reader.problemKey(ofUnreadable: line))
      }
      return true
    }
    return parsed
  }

  private func add(_ line: TextLine, to parsed: inout ParsedBatch) throws {
    guard line.bytes.count <= maximumRecordBytes else {
      throw UnacceptableData(
        byte: line.byte, found: "a record of \(line.bytes.count) bytes",
        expected: "records of at most \(maximumRecordBytes) bytes", remedy: "raise --max-record if the file is right")
    }
    let read = try reader.read(line)
    if read.conventions != .max { parsed.conventions.append((line.number, read.conventions)) }
    if let identity = read.identity { parsed.identities[line.number] = identity }
    parsed.records += read.records
  }
}
