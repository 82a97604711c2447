import GRDB
import Traces

/// Writes the records of one source, a bounded transaction a batch.
///
/// Killed at any moment, the store holds whole batches only, and the manifest says after which record to go on.
public final class SourceWriter {
  /// How far a source is ingested.
  struct Progress {
    var identifier: Int64
    var batches: Int
    var records: Int
  }

  /// The source that is written, as it was known when it was begun.
  public let source: Source
  private let store: TraceStore
  private var progress: Progress
  /// The source's row in the manifest.
  var identifier: Int64 { progress.identifier }

  init(store: TraceStore, source: Source, progress: Progress) {
    self.store = store
    self.source = source
    self.progress = progress
  }

  /// Writes a batch in one transaction: all of it, or nothing where an error is thrown.
  ///
  /// - Parameters:
  ///   - batch: The records, in the source's order. A few megabytes a batch keep both memory and the number of
  ///     transactions small.
  ///   - recordsRead: The records of the source that are dealt with after this batch, counted from the source's start
  ///     and with skipped ones included; without it, the batch's own are added to those before.
  /// - Returns: What the batch added.
  /// - Throws: `UnacceptableData` for a record that contradicts itself or the store; `StoreFailure.sourceInUse` where
  ///   another process writes the same source; `DraftRefusal` where the store was a draft and is lost.
  @discardableResult
  public func write(batch: [PackedRecord], recordsRead: Int? = nil) throws -> IngestCounts {
    var next = progress
    next.batches += 1
    next.records = recordsRead ?? progress.records + batch.count
    let counts = try write { db in
      try claim(next, in: db)
      var writer = try BatchWriter(db, source: progress.identifier)
      for record in batch {
        do { try writer.write(record) } catch let error as UnacceptableData {
          throw error.located(file: source.path, line: record.record.line)
        }
      }
      return writer.counts
    }
    progress = next
    try store.publishDueDraft()
    return counts
  }

  /// Packs and writes a batch.
  ///
  /// - Throws: As the function for packed records.
  @discardableResult
  public func write(batch: [GradedRecord], recordsRead: Int? = nil) throws -> IngestCounts {
    try write(batch: batch.map(PackedRecord.init), recordsRead: recordsRead)
  }

  /// Marks the source as complete: the same content is never ingested again.
  ///
  /// - Parameter content: A digest of all of its content, where that was not known when it was begun.
  /// - Returns: Where another source with the same content was completed meanwhile, that one: what was written of this one
  ///   is taken out of the store again, since its rollouts would count twice.
  @discardableResult
  public func finish(content: String? = nil) throws -> Source? {
    try store.identifyFirstSource()
    let copied: Source? = try write { db in
      let find = try db.cachedStatement(sql: "SELECT * FROM source WHERE id = ?")
      let row = try Row.fetchOne(find, arguments: [progress.identifier])
      var known = row.map(Source.kept) ?? source
      let whole = content ?? source.content?.whole ?? known.content?.whole
      known.content?.whole = whole
      if let copied = try TraceStore.copy(of: known, in: db) { return copied }
      try db.cachedStatement(
        sql: "UPDATE source SET complete = 1, content = ? WHERE id = ? AND batches = ? AND records = ?"
      ).execute(arguments: [whole, progress.identifier, progress.batches, progress.records])
      guard db.changesCount == 1 else { throw StoreFailure.sourceInUse(path: store.path, source: source.path) }
      try Amendments.keep(of: progress.identifier, in: db)
      return nil
    }
    if copied != nil { try abandon() }
    return copied
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try translatingFailures(path: store.path) { try store.bulkConnection().write(body) }
  }

  /// Takes all that was written of the source out of the store again, as if it had never been begun: what to do when a
  /// later record turns out to be unacceptable.
  public func abandon() throws {
    store.draft?.identifyLater(nil)
    try store.removeSource(progress.identifier)
  }

  /// Moves the manifest on, provided that nobody else has.
  private func claim(_ next: Progress, in db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE source SET batches = ?, records = ? WHERE id = ? AND batches = ? AND records = ? AND complete = 0"
    ).execute(arguments: [next.batches, next.records, progress.identifier, progress.batches, progress.records])
    guard db.changesCount == 1 else { throw StoreFailure.sourceInUse(path: store.path, source: source.path) }
  }
}
