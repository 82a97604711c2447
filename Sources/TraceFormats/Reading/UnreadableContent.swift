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
    if let version = oldPickle(bytes) {
      throw UnacceptableData(
        file: name, byte: 0, found: "a pickle of protocol \(version)", expected: "protocol 2 to 5",
        remedy: "write it again where it comes from with pickle.dump(particles, file, protocol=4)")
    }
    let line = firstLine(bytes)
    if line.contains(","), ["problem", "rollout"].allSatisfy(line.split(separator: ",").map(String.init).contains) {
      throw UnacceptableData(
        file: name, line: 1, found: "scores without rollouts", expected: "recorded rollouts",
        remedy: "add scores to stored rollouts with `retrace scores import FILE --into STORE`")
    }
  }

  /// The protocol of a list that was pickled in the first two, which do not begin with their number.
  private static func oldPickle(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.last(where: { !isSpace($0) }) == UInt8(ascii: ".") else { return nil }
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
