import Synchronization
import Traces

/// Scores of prefixes by digest: crucible's PRM cassettes, which belong to a generation cassette.
///
/// A prefix's key is `PROBLEM:DIGEST` or the digest alone, the first 16 hexadecimal digits of the SHA-256 of the
/// prefix's step texts joined with U+001F; its value is the list of its steps' scores.
public struct PrefixScoreTable: Sendable {
  /// The scores of one prefix.
  struct Entry: Sendable {
    var scores: [Double]
    /// The cassette that they come from, as the user named it.
    var file: String
  }

  /// The reward model's name: `prm`, or `model_id` where `prm` is missing or crucible's own constant.
  public var scorer: String? { program == Self.constant ? model ?? program : program ?? model }
  /// What the cassette's `prm` and `model_id` say.
  private var program: String?
  private var model: String?
  /// What crucible-ttc 0.1.1 writes as `prm`, whatever the model is.
  private static let constant = "prm"
  private var entries: [ExactText: Entry] = [:]
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
      case "prm": program = try cursor.optionalString()
      case "model_id": model = try cursor.optionalString()
      case "records":
        records = cursor
        try cursor.skip()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard var records else { throw UnacceptableData.missing("records", expected: "scores by prefix") }
    let column = context.column(context.scorer(scorer))
    try UnacceptableData.under("records") {
      try records.object { cursor, key in
        entries[ExactText(key.text)] = Entry(scores: try cursor.scores(column), file: context.file)
      }
    }
  }

  /// The keys that no step was found for, in order, after all files have been read that the table belongs to.
  public var unmatched: [String] { entries.keys.map(\.text).filter { !matched.contains($0) }.sorted() }

  /// The scores of a prefix's steps.
  ///
  /// - Parameters:
  ///   - problem: The problem's key.
  ///   - prefix: The texts of the prefix's steps.
  /// - Throws: `UnacceptableData` in the cassette where they disagree with the steps in number.
  func scores(problem: String, prefix: [String]) throws -> [Double]? {
    let digest = CrucibleScoring.digest(prefix)
    var key = "\(problem):\(digest)"
    var entry = entries[ExactText(key)]
    if entry == nil {
      key = digest
      entry = entries[ExactText(key)]
    }
    guard let entry else { return nil }
    matched.insert(key)
    guard entry.scores.count == prefix.count else {
      throw UnacceptableData(
        file: entry.file, field: "records.\(key)", found: entry.scores.count.counted("score"),
        expected: "one a step of the prefix: \(prefix.count)",
        remedy: "the list was cut or belongs to another prefix: record it again, or take it out")
    }
    return entry.scores
  }

  /// The reward model in words: its name, and its identifier where that is another.
  var modelText: String {
    guard let scorer else { return "unnamed" }
    return model.isSameText(as: scorer) || model == nil ? scorer : "\(scorer) (\(model ?? ""))"
  }

  /// Whether both are of one reward model.
  func isOfSameModel(as other: PrefixScoreTable) -> Bool {
    scorer.isSameText(as: other.scorer) && (model == nil || other.model == nil || model.isSameText(as: other.model))
  }

  /// The scores of both tables.
  ///
  /// - Throws: `UnacceptableData` in the other's file for a prefix with other scores than here, bit by bit.
  func merging(_ other: PrefixScoreTable) throws -> PrefixScoreTable {
    var merged = self
    for (key, entry) in other.entries.sorted(by: { $0.key < $1.key }) {
      if let before = entries[key], before.scores.map(\.bitPattern) != entry.scores.map(\.bitPattern) {
        throw UnacceptableData(
          file: entry.file, field: "records.\(key.text)", found: "other scores of this prefix than in \(before.file)",
          expected: "one list of scores for each prefix of a reward model",
          remedy: "ingest once with one of the two; `retrace scores import` adds the other's under a name of its own")
      }
      merged.entries[key] = entry
    }
    return merged
  }
}

/// Keys that have been met.
private final class MatchedKeys: Sendable {
  private let keys = Mutex<Set<String>>([])

  func insert(_ key: String) { keys.withLock { _ = $0.insert(key) } }

  func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }
}
