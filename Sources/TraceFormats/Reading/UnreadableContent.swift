import Traces

/// Content that is no record of any format, by what it looks like.
enum UnreadableContent {
  /// - Throws: `UnacceptableData` for content that is blank or of a kind that is known and no recording.
  static func refuse(_ bytes: UnsafeRawBufferPointer, _ name: String) throws {
    guard bytes.contains(where: { !isSpace($0) }) else { throw TraceReading.empty(name) }
    if bytes.starts(with: "SQLite format 3\0".utf8) {
      throw UnacceptableData(
        file: name, found: "a SQLite database", expected: "recorded rollouts",
        remedy: "`retrace info` looks at a store, `retrace export` writes its rollouts as a file to ingest")
    }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw UnacceptableData(
        file: name, byte: 0, found: "UTF-16 text", expected: "UTF-8", remedy: "iconv -f UTF-16 -t UTF-8 FILE")
    }
    try refuseEarlyPickle(bytes, name)
    let line = firstLine(bytes)
    if line.contains(","), ["problem", "rollout"].allSatisfy(line.split(separator: ",").map(String.init).contains) {
      throw UnacceptableData(
        file: name, line: 1, found: "scores without rollouts", expected: "recorded rollouts",
        remedy: "add scores to stored rollouts with `retrace scores import FILE --into STORE`")
    }
  }

  /// Pickles of protocol 0 and 1 begin with any value; all end with a full stop.
  private static func refuseEarlyPickle(_ bytes: UnsafeRawBufferPointer, _ name: String) throws {
    let isNamedSo = [".pkl", ".pickle"].contains(where: name.lowercased().contains)
    let version = earlyProtocol(bytes) ?? (isNamedSo ? statedProtocol(bytes) : nil)
    guard isNamedSo || version != nil, bytes.last == UInt8(ascii: ".") else { return }
    throw UnacceptableData(
      file: name, byte: 0,
      found: version.map { "a pickle of protocol \($0)" } ?? "a pickle without a header, of protocol 0 or 1",
      expected: "a pickle of protocol 2 to 5; nothing in it was run",
      remedy: "where you trust it, write it again in Python with protocol=4: Python runs what a pickle names")
  }

  /// The protocol that a header states: one that nobody knows, where the content was not taken for a pickle before.
  private static func statedProtocol(_ bytes: UnsafeRawBufferPointer) -> Int? {
    bytes.count > 2 && bytes[0] == PickleOpcode.proto.rawValue ? Int(bytes[1]) : nil
  }

  /// The protocol of a list or a dictionary that was pickled in one of the first two.
  private static func earlyProtocol(_ bytes: UnsafeRawBufferPointer) -> Int? {
    if bytes.starts(with: "(lp".utf8) || bytes.starts(with: "(dp".utf8) { return 0 }
    return bytes.starts(with: "]q".utf8) || bytes.starts(with: "}q".utf8) ? 1 : nil
  }

  /// The refusal of content that has no keys.
  static func noRecord(_ bytes: UnsafeRawBufferPointer) -> UnacceptableData {
    UnacceptableData(
      byte: 0, found: "no record but `\(JSONCursor.shortened(firstLine(bytes)))`",
      expected: "a record of one of the formats \(TraceFormat.all.map(\.name).joined(separator: ", "))",
      remedy: "write the `retrace` format, which docs/formats.md explains")
  }

  private static func firstLine(_ bytes: UnsafeRawBufferPointer) -> String {
    let line = bytes.prefix(400).drop(while: isSpace).prefix { $0 != 0x0a && $0 != 0x0d }
    return String(decoding: line, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
