import Foundation
import GRDB
import Traces

extension TraceStore {
  /// The manifest: every file that was ingested, wholly or in part, ordered by path.
  public func sources() throws -> [SourceState] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM source ORDER BY path, sha256").map { row in
        SourceState(
          source: Source(path: row["path"], sha256: row["sha256"], format: row["format"], bytes: row["bytes"]),
          batches: row["batches"], records: row["records"], isComplete: row["complete"])
      }
    }
  }

  /// Begins to ingest a source, or goes on where an earlier ingest of the same content was stopped.
  ///
  /// A partly ingested file whose content has changed since is taken out of the store and begun anew.
  ///
  /// - Throws: `UnacceptableData` where another content was ingested from the same path to its end, since its rollouts
  ///   would be counted twice.
  public func beginSource(_ source: Source) throws -> SourceStart {
    let source = located(source)
    try removeRemains(of: source)
    return try write { db in
      if let row = try Row.fetchOne(db, sql: "SELECT * FROM source WHERE sha256 = ?", arguments: [source.sha256]) {
        if row["complete"] { return .alreadyComplete }
        let progress = SourceWriter.Progress(identifier: row["id"], batches: row["batches"], records: row["records"])
        let writer = SourceWriter(store: self, source: source, progress: progress)
        return .resume(writer, afterRecords: progress.records)
      }
      try db.execute(
        sql: "INSERT INTO source (path, sha256, format, bytes) VALUES (?, ?, ?, ?)",
        arguments: [source.path, source.sha256, source.format, source.bytes])
      let progress = SourceWriter.Progress(identifier: db.lastInsertedRowID, batches: 0, records: 0)
      return .new(SourceWriter(store: self, source: source, progress: progress))
    }
  }

  /// The source with an absolute path, so that equal paths are equal files.
  private func located(_ source: Source) -> Source {
    guard source.path != "-" else { return source }
    var copy = source
    copy.path = URL(fileURLWithPath: source.path).standardizedFileURL.path
    return copy
  }

  private func removeRemains(of source: Source) throws {
    guard source.path != "-" else { return }
    let others = try sources().filter { $0.source.path == source.path && $0.source.sha256 != source.sha256 }
    for other in others {
      guard !other.isComplete else { throw UnacceptableSource.changed(source) }
      try removeSource(sha256: other.source.sha256)
    }
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
}
