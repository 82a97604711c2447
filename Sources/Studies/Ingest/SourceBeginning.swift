import TraceFormats
import TraceStore

/// A file whose identity is being found: whether a store holds it already is not known yet.
struct SourceBeginning {
  private let store: TraceStore
  private let input: InputFile
  private let format: TraceFormat
  private let checksum: BackgroundChecksum

  /// Begins to read the file for its identity.
  init(_ input: InputFile, format: TraceFormat, store: TraceStore) {
    self.store = store
    self.input = input
    self.format = format
    checksum = BackgroundChecksum(of: input)
  }

  /// Whether beginning the source would not wait for the file's identity.
  var isReady: Bool { checksum.isKnown }

  /// Begins the source in the store, or finds that it was begun or completed before.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read or contradicts the store.
  func begin() throws -> SourceStart {
    let identity = try checksum.value()
    return try store.beginSource(
      Source(path: input.name, sha256: identity.sha256, format: format.name, bytes: identity.bytes))
  }
}

/// Ends the reading of a file that the store turns out to hold already.
struct AlreadyIngested: Error {}
