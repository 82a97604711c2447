import Traces

/// Decides a file's format from its first bytes and its first record.
struct FileOpening {
  let format: TraceFormat
  /// The whole content where deciding needed all of it.
  var document: ByteBuffer?

  /// - Parameters:
  ///   - first: The first lines, at least one.
  ///   - lines: The rest.
  ///   - name: The file as the user named it.
  ///   - given: The format that the user named; `nil` recognises it.
  /// - Throws: `UnacceptableData` for content that no reader takes.
  static func of(_ first: LineBatch, _ lines: LineBatchReader, name: String, given: TraceFormat?) throws -> FileOpening
  {
    let bytes = first.buffer.bytes
    try refuseParquet(bytes, name)
    let pickle = pickleFormat(bytes)
    // The paper's repository writes JSON lines, too: its name covers them, the first record tells which they are.
    let isPISText = given?.name == PISReader.name && pickle == nil
    if let known = given ?? pickle, !isPISText { return FileOpening(format: known) }
    return try recognised(first, lines, name)
  }

  private static func recognised(_ first: LineBatch, _ lines: LineBatchReader, _ name: String) throws -> FileOpening {
    if let recognition = try firstRecord(of: first, name) {
      guard let known = recognition.format else { throw recognition.refusal().located(file: name, line: 1) }
      return FileOpening(format: known)
    }
    let whole = try lines.rest(after: first.buffer)
    try UnreadableContent.refuse(whole.bytes, name)
    return try TraceReading.locating(name, in: whole.bytes) {
      let recognition = try wholeDocument(whole.bytes)
      guard let known = recognition.format else { throw recognition.refusal() }
      return FileOpening(format: known, document: whole)
    }
  }

  /// The keys of the first line that is not blank, or `nil` where the line is only the beginning of a record.
  private static func firstRecord(of batch: LineBatch, _ name: String) throws -> FormatRecognition? {
    var result: FormatRecognition?
    var failure: UnacceptableData?
    batch.forEachLine { line in
      guard !line.isBlank else { return true }
      var cursor = JSONCursor(line.bytes, origin: line.byte)
      guard cursor.kind() == .object else { return false }
      do {
        result = try FormatRecognition(&cursor)
      } catch let refusal as UnacceptableData {
        let isCutOff = (refusal.byte ?? 0) >= line.byte + line.bytes.count
        if !isCutOff { failure = refusal.located(file: name, line: line.number) }
      } catch {}
      return false
    }
    if let failure { throw failure }
    return result
  }

  private static func wholeDocument(_ bytes: UnsafeRawBufferPointer) throws -> FormatRecognition {
    var cursor = JSONCursor(bytes)
    let kind = cursor.kind()
    if kind == .object { return try FormatRecognition(&cursor) }
    let keys = YAMLKeys.top(of: bytes)
    if !keys.isEmpty { return FormatRecognition(topKeys: keys) }
    switch kind {
    case .other: throw UnreadableContent.noRecord(bytes)
    default:
      var refusal = cursor.mismatch(expected: "a record: an object in braces")
      refusal.remedy = "of a list, write one record a line: jq -c '.[]' FILE"
      throw refusal
    }
  }

  /// A pickle of protocol 2 to 5 begins with its PROTO opcode.
  private static func pickleFormat(_ bytes: UnsafeRawBufferPointer) -> TraceFormat? {
    guard bytes.count > 1, bytes[0] == 0x80, 2...5 ~= bytes[1] else { return nil }
    return TraceFormat.all.first { format in
      guard case .document(let reader) = format.content else { return false }
      return reader.notation == .pickle
    }
  }

  private static func refuseParquet(_ bytes: UnsafeRawBufferPointer, _ name: String) throws {
    guard ParquetFile.isParquet(bytes) else { return }
    throw UnacceptableData(
      file: name, byte: 0, found: "a Parquet file", expected: "JSON lines",
      remedy: "install the duckdb command line (https://duckdb.org/install), with which Parquet is read")
  }
}
