import Foundation
import GRDB
import Traces

extension TraceStore {
  /// The manifest: every file that was ingested, wholly or in part, ordered by path.
  public func sources() throws -> [SourceState] { try sources(where: "TRUE", []) }

  /// The files whose ingest was stopped before its end, ordered by path.
  public func unfinishedSources() throws -> [SourceState] { try sources(where: "complete = 0", []) }

  /// The file with an identity.
  public func source(sha256: String) throws -> SourceState? { try sources(where: "sha256 = ?", [sha256]).first }

  func sources(where condition: String, _ arguments: StatementArguments) throws -> [SourceState] {
    try read { db in
      let sql = "SELECT * FROM source WHERE \(condition) ORDER BY path, sha256"
      return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { row in
        SourceState(
          source: .kept(row), batches: row["batches"], records: row["records"], isComplete: row["complete"])
      }
    }
  }

  /// Begins to ingest a source, or goes on where an earlier ingest of the same content was stopped.
  ///
  /// A partly ingested file whose content has changed since is taken out of the store and begun anew.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - anew: Whether what a stopped ingest has left of it is taken out of the store first.
  /// - Throws: `UnacceptableData` where another content was ingested from the same path to its end, since its rollouts
  ///   would be counted twice, and where the ingest was begun with another format or other options.
  public func beginSource(_ source: Source, anew: Bool = false) throws -> SourceStart {
    let source = located(source)
    if let copied = try copy(of: source) {
      try UnacceptableSource.checkPrefixScores(source, first: copied.options)
      return .copyOf(path: copied.path, format: copied.format)
    }
    if anew { try removeIncomplete(source) }
    try removeRemains(of: source)
    return try write { db in
      let find = try db.cachedStatement(sql: "SELECT * FROM source WHERE sha256 = ?")
      if let row = try Row.fetchOne(find, arguments: [source.sha256]) {
        let first = SourceOptions.kept(row["options"])
        if row["complete"] {
          try UnacceptableSource.checkPrefixScores(source, first: first)
          return .alreadyComplete
        }
        try UnacceptableSource.checkOptions(source, format: row["format"], first: first)
        var source = source
        source.options = first ?? source.options
        let progress = SourceWriter.Progress(identifier: row["id"], batches: row["batches"], records: row["records"])
        let writer = SourceWriter(store: self, source: source, progress: progress)
        return .resume(writer, afterRecords: progress.records)
      }
      return .new(try newSource(source, in: db))
    }
  }

  /// Adds a source to the manifest.
  func newSource(_ source: Source, in db: Database) throws -> SourceWriter {
    try db.cachedStatement(
      sql: "INSERT INTO source (path, sha256, format, bytes, options, content_head) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      source.path, source.sha256, source.format, source.bytes, source.options?.text, source.content?.head,
    ])
    let progress = SourceWriter.Progress(identifier: db.lastInsertedRowID, batches: 0, records: 0)
    if let scorer = source.unnamedScorer {
      try db.execute(
        sql: "INSERT INTO unnamed_scorer (source, scorer) VALUES (?, ?)", arguments: [progress.identifier, scorer])
    }
    return SourceWriter(store: self, source: source, progress: progress)
  }

  /// The source with an absolute path, so that equal paths are equal files.
  func located(_ source: Source) -> Source {
    guard source.path != "-" else { return source }
    var copy = source
    copy.path = URL(fileURLWithPath: source.path).standardizedFileURL.path
    return copy
  }

  private func removeIncomplete(_ source: Source) throws {
    if try self.source(sha256: source.sha256)?.isComplete == false { try removeSource(sha256: source.sha256) }
  }

  private func removeRemains(of source: Source) throws {
    guard source.path != "-" else { return }
    let others = try sources(where: "path = ? AND sha256 <> ?", [source.path, source.sha256])
    for other in others {
      guard !other.isComplete else { throw UnacceptableSource.changed(source) }
      try removeSource(sha256: other.source.sha256)
    }
  }
}

extension Source {
  /// What the manifest keeps.
  static func kept(_ row: Row) -> Source {
    Source(
      path: row["path"], sha256: row["sha256"], format: row["format"], bytes: row["bytes"],
      options: .kept(row["options"]), content: .kept(row))
  }
}

/// Refusals that concern a source as a whole.
enum UnacceptableSource {
  static func changed(_ source: Source) -> UnacceptableData {
    UnacceptableData(
      file: source.path, found: "a content that differs from what was ingested from this path before",
      expected: "the same content",
      remedy: "rollouts that were ingested already would count twice: put new rollouts into a file of their own, or "
        + "ingest into a new store")
  }

  /// The rest of a file cannot be read in another way than its beginning, which is stored.
  static func checkOptions(_ source: Source, format: String, first: SourceOptions?) throws {
    if source.format != format { throw otherOption(source, now: "the format \(source.format)", first: format) }
    guard let first, let options = source.options, let difference = options.difference(from: first) else { return }
    throw otherOption(source, now: difference.now, first: difference.first)
  }

  private static func otherOption(_ source: Source, now: String, first: String) -> UnacceptableData {
    UnacceptableData(
      file: source.path, found: now, expected: "\(first), with which the ingest of this file was begun and stopped",
      remedy: "finish it as it was begun, begin it anew with --restart, or ingest into a new store")
  }

  static func checkPrefixScores(_ source: Source, first: SourceOptions?) throws {
    guard let scores = source.options?.prefixScores, scores != first?.prefixScores else { return }
    throw UnacceptableData(
      file: source.path, found: "a PRM cassette beside it",
      expected: first?.prefixScores == nil
        ? "none, since the file was ingested without one" : "the cassette that it was ingested with",
      remedy: "ingest both into a new store")
  }
}
