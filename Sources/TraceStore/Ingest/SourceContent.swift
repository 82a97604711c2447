import GRDB

/// What is known of a file's content without its compression: by it, a copy under another name and in another
/// compression is recognised.
public struct SourceContent: Hashable, Sendable {
  /// A digest of the content's beginning.
  public var head: String
  /// A digest of all of it; `nil` where it is not known yet, as of a compressed file that has not been read.
  public var whole: String?

  /// Describes a content.
  public init(head: String, whole: String? = nil) {
    self.head = head
    self.whole = whole
  }
}

extension SourceContent {
  /// What the manifest keeps.
  static func kept(_ row: Row) -> SourceContent? {
    guard let head: String = row["content_head"] else { return nil }
    return SourceContent(head: head, whole: row["content"])
  }
}

extension TraceStore {
  /// Whether a file is in the store, to its end, whose content begins like the given one.
  public func hasSource(beginningLike content: SourceContent) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM source WHERE complete = 1 AND content_head = ?)"),
        arguments: [content.head]) ?? false
    }
  }

  /// The file that is in the store, to its end, with the content of a file that the store does not know, and with the
  /// same problem where the files' names say whose rollouts they are.
  func copy(of source: Source) throws -> Source? {
    guard source.content?.whole != nil, try self.source(sha256: source.sha256) == nil else { return nil }
    return try read { try Self.copy(of: source, in: $0) }
  }

  /// The other file that is in the store, to its end, with the content of a file, and with the same problem where the
  /// files' names say whose rollouts they are.
  static func copy(of source: Source, in db: Database) throws -> Source? {
    guard let content = source.content, let whole = content.whole else { return nil }
    return try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT * FROM source WHERE complete = 1 AND sha256 <> ? AND content_head = ? AND content = ?"),
      arguments: [source.sha256, content.head, whole]
    ).map(Source.kept).first { $0.namedProblem == source.namedProblem }
  }
}
