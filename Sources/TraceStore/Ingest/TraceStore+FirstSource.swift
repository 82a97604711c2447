import GRDB

extension TraceStore {
  /// Whether a source can be begun before it is known what tells it from others: nobody else can see the store, and there
  /// is no other source in it.
  ///
  /// - Throws: `StoreFailure` where the store cannot be read.
  public func awaitsFirstSource() throws -> Bool {
    guard draft != nil else { return false }
    return try read { db in
      try Bool.fetchOne(db.cachedStatement(sql: "SELECT NOT EXISTS (SELECT 1 FROM source)")) ?? false
    }
  }

  /// Begins the first source of a draft before its identity is known.
  ///
  /// - Parameters:
  ///   - source: What is known of the file; its `sha256`, `bytes` and `content` are not looked at.
  ///   - identify: The file with its identity; asked once, before the store gets its name or the source is finished.
  /// - Throws: `StoreFailure` where the store cannot be written.
  public func beginFirstSource(
    _ source: Source, identify: @escaping @Sendable () throws -> Source
  ) throws -> SourceWriter {
    var unidentified = source
    unidentified.sha256 = ""
    unidentified.content = nil
    let begun = located(unidentified)
    let writer = try write { try newSource(begun, in: $0) }
    let (queue, row) = (draft?.queue, writer.identifier)
    draft?.identifyLater {
      let known = try identify()
      try queue?.write { db in
        try db.execute(
          sql: "UPDATE source SET sha256 = ?, bytes = ?, content = ?, content_head = ? WHERE id = ?",
          arguments: [known.sha256, known.bytes, known.content?.whole, known.content?.head, row])
      }
    }
    return writer
  }

  /// Says what the first source is, where that is still to be said.
  func identifyFirstSource() throws { try draft?.identify() }
}
