import Synchronization
import Traces

/// Scores of prefixes by digest: crucible's PRM cassettes, which belong to a generation cassette.
///
/// A prefix's key is `PROBLEM:DIGEST` or the digest alone, the first 16 hexadecimal digits of the SHA-256 of the
/// prefix's step texts joined with U+001F; its value is the list of its steps' scores.
public struct PrefixScoreTable: Sendable {
  /// The reward model's name.
  public private(set) var scorer: String?
  private var scores: [String: [Double]] = [:]
  /// The keys under which steps were found, whoever looked: copies of the table share it.
  private let matched = MatchedKeys()

  /// Reads a PRM cassette: `{"prm", "model_id", "records": {key: [scores]}}`.
  ///
  /// - Throws: `UnacceptableData` with file, line and field.
  public init(_ input: InputFile, options: ReadingOptions = ReadingOptions()) throws {
    let lines = LineBatchReader(
      try input.open(), name: input.name, maximumRecordBytes: options.maximumRecordBytes)
    let whole = try lines.rest(after: ByteBuffer(capacity: 1 << 16))
    let context = ReadingContext(file: input.name, options: options)
    let bytes = whole.bytes
    try TraceReading.locating(input.name, in: bytes) { try read(bytes, context) }
    withExtendedLifetime(whole) {}
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, _ context: ReadingContext) throws {
    var cursor = JSONCursor(bytes)
    var records: JSONCursor?
    try cursor.object { cursor, key in
      switch key {
      case "prm": scorer = try cursor.optionalString()
      case "model_id":
        let name = try cursor.optionalString()
        scorer = scorer ?? name
      case "records":
        records = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard var records else { throw UnacceptableData.missing("records", expected: "scores by prefix") }
    let column = context.column(context.scorer(scorer))
    var found: [String: [Double]] = [:]
    try UnacceptableData.under("records") {
      try records.object { cursor, key in found[key.text] = try cursor.scores(column) }
    }
    scores = found
  }

  /// The scores of a prefix's steps.
  func scores(problem: String, digest: String) -> [Double]? {
    for key in ["\(problem):\(digest)", digest] {
      guard let found = scores[key] else { continue }
      matched.insert(key)
      return found
    }
    return nil
  }

  /// The keys that no step was found for, in order, after all files have been read that the table belongs to.
  public var unmatched: [String] { scores.keys.filter { !matched.contains($0) }.sorted() }

  /// The scores of both tables; the other's where both have some.
  func merging(_ other: PrefixScoreTable) -> PrefixScoreTable {
    var merged = self
    merged.scores.merge(other.scores) { _, new in new }
    return merged
  }
}

/// Keys that have been met.
private final class MatchedKeys: Sendable {
  private let keys = Mutex<Set<String>>([])

  func insert(_ key: String) { keys.withLock { _ = $0.insert(key) } }

  func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }
}
