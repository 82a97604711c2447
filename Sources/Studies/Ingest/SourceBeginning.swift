import TraceFormats
import TraceStore

/// A file whose identity is being found: whether a store holds it already is not known yet.
struct SourceBeginning {
  private let store: TraceStore
  private let path: String
  private let format: TraceFormat
  private let options: SourceOptions
  private let checksum: BackgroundChecksum

  /// Begins to read the file for its identity.
  init(_ content: IngestionInput, format: TraceFormat, options: SourceOptions, store: TraceStore) {
    self.store = store
    self.format = format
    self.options = options
    path = content.isLasting ? content.file.name : "-"
    checksum = BackgroundChecksum(of: content.file)
  }

  /// Whether beginning the source would not wait for the file's identity.
  var isReady: Bool { checksum.isKnown }

  /// How an earlier, stopped ingest of the same content read its beginning, which holds on for the rest; `nil` where
  /// there was none. Waits for the file's identity only where some ingest into the store was stopped.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read.
  func optionsOfStoppedIngest() throws -> SourceOptions? {
    let stopped = try store.sources().filter { !$0.isComplete }
    guard !stopped.isEmpty else { return nil }
    let identity = try checksum.value()
    return stopped.first { $0.source.sha256 == identity.sha256 }?.source.options
  }

  /// Begins the source in the store, or finds that it was begun or completed before.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read or contradicts the store, and where its ingest was begun
  ///   with other options.
  func begin() throws -> SourceStart {
    let identity = try checksum.value()
    return try store.beginSource(
      Source(path: path, sha256: identity.sha256, format: format.name, bytes: identity.bytes, options: options))
  }
}

/// Ends the reading of a file that the store turns out to hold already.
struct AlreadyIngested: Error {}
