import Traces

/// Cuts a stream into batches of whole lines, in memory bounded by the longest line.
final class LineBatchReader {
  private let source: any ByteSource
  private let name: String
  private let batchBytes: Int
  private let maximumRecordBytes: Int
  private let pool: BlockPool
  private var carried: ByteBuffer
  private var nextLine = 1
  private var nextByte = 0
  private var sourceIsOver = false
  private var putBack: [LineBatch] = []
  /// Whether a line above the maximum is left out, as a batch of its own that says so, instead of ending the reading.
  var skipsLongLines = false

  /// - Parameters:
  ///   - source: The decompressed stream.
  ///   - name: The file as the user named it, for messages.
  ///   - batchBytes: The size of a batch, where lines are not longer.
  ///   - maximumRecordBytes: The longest line that is accepted.
  init(_ source: any ByteSource, name: String, batchBytes: Int = 1 << 18, maximumRecordBytes: Int = 256 << 20) {
    self.source = source
    self.name = name
    self.batchBytes = max(batchBytes, 1)
    self.maximumRecordBytes = maximumRecordBytes
    // Room for the beginning of a line that the batch before did not end.
    pool = BlockPool(blockBytes: max(batchBytes, 1) * 5 / 4 + 64)
    carried = ByteBuffer(capacity: batchBytes, from: pool)
  }

  /// The next lines, or `nil` after the last.
  ///
  /// - Throws: `UnacceptableData` for a line above the maximum, and what the source throws.
  func next() throws -> LineBatch? {
    if let first = putBack.popLast() { return first }
    let buffer = carried
    var searched = 0
    while true {
      if buffer.room == 0 {
        try buffer.grow(to: min(max(buffer.count * 2, batchBytes), maximumRecordBytes + 1 + batchBytes))
      }
      // Piece by piece, so that a batch ends soon after a long line does.
      try fill(buffer, upTo: buffer.count + batchBytes)
      if sourceIsOver { return finish(buffer) }
      let fresh = UnsafeRawBufferPointer(rebasing: buffer.bytes[searched...])
      if let lineBreak = fresh.lastIndex(ofByte: 0x0a) {
        return try split(buffer, after: searched + lineBreak + 1)
      }
      searched = buffer.count
      guard searched <= maximumRecordBytes else { return try leaveOutLine(beginningWith: buffer) }
    }
  }

  /// Reads on to the end of a line that is too long, keeping nothing of it.
  private func leaveOutLine(beginningWith buffer: ByteBuffer) throws -> LineBatch {
    let refusal = tooLong(line: nextLine, byte: nextByte)
    guard skipsLongLines else { throw refusal }
    var length = buffer.count
    let rest = ByteBuffer(capacity: batchBytes, from: pool)
    carried = ByteBuffer(capacity: 1)
    while !sourceIsOver {
      rest.truncate(to: 0)
      try fill(rest, upTo: batchBytes)
      if let lineBreak = rest.bytes.firstIndex(ofByte: 0x0a, from: 0) {
        length += lineBreak + 1
        try carry(rest, from: lineBreak + 1)
        break
      }
      length += rest.count
    }
    defer {
      nextLine += 1
      nextByte += length
    }
    return LineBatch(
      buffer: ByteBuffer(capacity: 1), firstLine: nextLine, byte: nextByte, lineCount: 1, refusal: refusal,
      bytesLeftOut: length)
  }

  /// Hands a batch back, to be the next again; the caller keeps no hold on its memory.
  func putBack(_ batch: LineBatch) { putBack.append(batch) }

  /// All that is left, for formats whose record is the whole file.
  func rest(after first: ByteBuffer) throws -> ByteBuffer {
    try first.append(carried.bytes)
    carried = ByteBuffer(capacity: 1)
    while !sourceIsOver {
      guard first.count <= maximumRecordBytes else { throw tooLong(line: 1, byte: 0) }
      if first.room == 0 {
        try first.grow(to: min(max(first.count * 2, batchBytes), maximumRecordBytes + 1 + batchBytes))
      }
      try fill(first, upTo: first.count + batchBytes)
    }
    guard first.count <= maximumRecordBytes else { throw tooLong(line: 1, byte: 0) }
    return first
  }

  private func fill(_ buffer: ByteBuffer, upTo end: Int) throws {
    while buffer.room > 0, buffer.count < end, !sourceIsOver {
      if try buffer.fill(from: source, atMost: end - buffer.count) == 0 { sourceIsOver = true }
    }
  }

  private func split(_ buffer: ByteBuffer, after end: Int) throws -> LineBatch {
    try carry(buffer, from: end)
    buffer.truncate(to: end)
    return batch(buffer)
  }

  /// Keeps what follows an offset for the next batch.
  private func carry(_ buffer: ByteBuffer, from end: Int) throws {
    let tail = UnsafeRawBufferPointer(rebasing: buffer.bytes[end...])
    carried = ByteBuffer(capacity: batchBytes + tail.count, from: pool)
    try carried.append(tail)
  }

  private func finish(_ buffer: ByteBuffer) -> LineBatch? {
    carried = ByteBuffer(capacity: 1)
    return buffer.count == 0 ? nil : batch(buffer)
  }

  private func batch(_ buffer: ByteBuffer) -> LineBatch {
    let bytes = buffer.bytes
    let unended = bytes.last == 0x0a ? 0 : 1
    let lines = bytes.occurrences(ofByte: 0x0a) + unended
    defer {
      nextLine += lines
      nextByte += bytes.count
    }
    return LineBatch(buffer: buffer, firstLine: nextLine, byte: nextByte, lineCount: lines)
  }

  private func tooLong(line: Int, byte: Int) -> UnacceptableData {
    UnacceptableData(
      file: name, line: line, byte: byte, found: "a record of more than \(maximumRecordBytes) bytes",
      expected: "records of at most \(maximumRecordBytes) bytes", remedy: "raise --max-record if the file is right")
  }
}
