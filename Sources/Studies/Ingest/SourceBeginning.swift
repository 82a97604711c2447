import TraceFormats
import TraceStore
import Traces

/// A file whose identity is being found: whether a store holds it already is not known yet.
struct SourceBeginning {
  private let store: TraceStore
  private let path: String
  private let format: TraceFormat
  private let options: SourceOptions
  private let checksum: AwaitedChecksum
  private let content: IngestionInput
  private let beginsAnew: Bool
  /// Whether nothing can be in the store that the file could be the same as.
  private let isFirst: Bool
  /// Whether whoever reads the content makes the identity of it, so that the file is read only once.
  private let isSummed: Bool
  private static let smallBytes = 1 << 18
  /// The problem that the file's name gives.
  private let problem: String?

  /// Begins to read the file for its identity, unless that can be made of its content.
  ///
  /// - Parameter beginsAnew: Whether what a stopped ingest of the file has left is taken out of the store.
  /// - Throws: `StoreFailure` where the store cannot be read.
  init(
    _ content: IngestionInput, format: TraceFormat, options: SourceOptions, store: TraceStore, beginsAnew: Bool
  ) throws {
    self.beginsAnew = beginsAnew
    isFirst = try store.awaitsFirstSource()
    self.store = store
    self.content = content
    self.format = format
    self.options = options
    path = content.isLasting ? content.file.name : "-"
    // Of a larger file the identity is wanted before it is read.
    isSummed = isFirst && content.isPlain && content.file.bytesOnDisk <= Ingestion.draftLimit.bytes
    // A thread for a small file would take longer than reading it.
    let isSmall = content.file.bytesOnDisk <= Self.smallBytes
    checksum = AwaitedChecksum(of: content.file, isSupplied: isSummed || isSmall)
    problem = format.problemName(inNameOf: content.file)
  }

  /// Opens the content to read all of it.
  ///
  /// - Throws: As `IngestionInput.openDigested()`.
  func open() throws -> any ByteSource {
    isSummed ? SummedSource(try content.open(), of: content.file, for: checksum) : try content.openDigested()
  }

  /// Whether beginning the source would not wait for the file's identity.
  var isReady: Bool { isFirst || checksum.isKnown }

  /// How an earlier, stopped ingest of the same content read its beginning, which holds on for the rest; `nil` where
  /// there was none. Waits for the file's identity only where some ingest into the store was stopped.
  ///
  /// - Parameter stopped: The files in the store whose ingest was stopped.
  /// - Throws: `UnacceptableData` where the file cannot be read.
  func optionsOfStoppedIngest(among stopped: [SourceState]) throws -> SourceOptions? {
    guard !beginsAnew, !stopped.isEmpty else { return nil }
    let identity = try identity()
    return stopped.first { $0.source.sha256.isSameText(as: identity) }?.source.options
  }

  /// Begins the source in the store, or finds that it was begun or completed before.
  ///
  /// A compressed file that begins like a stored one is decompressed once more, to see whether it is its copy.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read or contradicts the store, and where its ingest was begun
  ///   with other options.
  func begin() throws -> SourceStart {
    if isFirst { return .new(try store.beginFirstSource(source()) { try identified() }) }
    var source = try identified()
    if let beginning = source.content, beginning.whole == nil, try store.hasSource(beginningLike: beginning) {
      source.content?.whole = try ContentDigest(of: content.open()).text
    }
    return try store.beginSource(source, anew: beginsAnew)
  }

  /// The source without what tells it from others.
  private func source() -> Source {
    Source(
      path: path, sha256: "", format: format.name, bytes: 0, options: options,
      unnamedScorer: format.scorersAreUnnamed && options.scorer == nil ? ReadingOptions.unnamedScorer : nil)
  }

  private func identified() throws -> Source {
    let file = try checksum.value()
    var source = source()
    source.sha256 = try identity()
    source.bytes = file.bytes
    source.content = file.content
    return source
  }

  /// The format in which the store holds the file.
  func storedFormat() throws -> String {
    try store.source(sha256: identity())?.source.format ?? format.name
  }

  /// What tells the file from others: its bytes, and its name where that says whose rollouts they are.
  private func identity() throws -> String {
    let bytes = try checksum.value().sha256
    return problem.map { "\(bytes)/\($0)" } ?? bytes
  }
}

/// Ends the reading of a file that the store turns out to hold already.
struct AlreadyIngested: Error {
  /// The name of the format that the file was read in.
  let format: String
  /// The file that it is a copy of, where that was compressed otherwise.
  var copied: String?
}
