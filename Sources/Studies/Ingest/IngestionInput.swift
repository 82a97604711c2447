import TraceFormats
import Traces

/// A file to ingest, and the way to its content.
struct IngestionInput {
  /// The file, whose bytes are its identity.
  let file: InputFile
  /// Whether the file stays where it is: the copy of standard input or of a pipe does not.
  let isLasting: Bool
  /// Whether the content is a table that the `duckdb` command line reads.
  private let isParquet: Bool
  /// Whether the content is compressed.
  private let isCompressed: Bool
  private let toolPath: String
  /// The file's state before anything of it was read.
  private let state: FileState?

  /// - Throws: `UnacceptableData` where the file cannot be read.
  init(_ file: InputFile, toolPath: String, isLasting: Bool) throws {
    self.file = file
    self.isLasting = isLasting
    self.toolPath = toolPath
    state = file.state
    isParquet = try ParquetFile.isParquet(file)
    isCompressed = try !isParquet && file.isCompressed()
  }

  /// Whether the content is the file's bytes as they are.
  var isPlain: Bool { !isParquet && !isCompressed }

  /// Opens the content: JSON lines for a table, decompressed where it is compressed.
  ///
  /// - Throws: `UnacceptableData` where it cannot be read, and for a table where `duckdb` is not installed.
  func open() throws -> any ByteSource {
    guard isParquet, case .path(let path) = file.origin else { return try file.open() }
    return try DuckDBSource(parquet: path, name: file.name, toolPath: toolPath, isStopped: file.isStopped)
  }

  /// Checks that the file is still what it was before it was read: its identity and its records are read one after the
  /// other, so they could be those of two contents.
  ///
  /// - Throws: `UnacceptableData` where somebody has written to it or put another in its place.
  func checkUnchanged() throws {
    guard let state, let now = file.state, now != state else { return }
    throw UnacceptableData(
      file: file.name, found: "a file that was changed while it was read", expected: "the same content to the end",
      remedy: "ingest it again when nobody writes to it any more; nothing of it was stored")
  }

  /// Opens the content to read all of it; of what is compressed a digest is made meanwhile.
  ///
  /// - Throws: As `open()`.
  func openDigested() throws -> any ByteSource { try isCompressed ? DigestedSource(open()) : open() }
}
