import Traces

/// A file of rollouts, known by its content.
public struct Source: Hashable, Sendable {
  /// The path as the user named it, or `-` for standard input.
  public var path: String
  /// SHA-256 of the file's bytes as they stand on disk, in lower-case hexadecimal: what tells sources apart. Where the
  /// file's name says which problem its rollouts belong to, a slash and that name follow.
  public var sha256: String
  /// The name of the reader that took the file; a source that is read by another reader is another source's concern.
  public var format: String
  /// The file's size in bytes.
  public var bytes: Int
  /// How it is read; `nil` where that is not known.
  public var options: SourceOptions?
  /// Its content without its compression; `nil` where that is not known.
  public var content: SourceContent?
  /// The name that the scores of a format have which names no scorer, until `TraceStore.settleNames` finds a better one;
  /// `nil` for other formats.
  public var unnamedScorer: String?

  /// Describes a file.
  public init(
    path: String, sha256: String, format: String, bytes: Int, options: SourceOptions? = nil,
    content: SourceContent? = nil, unnamedScorer: String? = nil
  ) {
    self.path = path
    self.sha256 = sha256
    self.format = format
    self.bytes = bytes
    self.options = options
    self.content = content
    self.unnamedScorer = unnamedScorer
  }
}

extension Source {
  /// The problem that the file's name gives, where it belongs to what tells the file from others.
  var namedProblem: ExactText? {
    sha256.utf8.firstIndex(of: UInt8(ascii: "/")).map { ExactText(String(sha256[sha256.utf8.index(after: $0)...])) }
  }
}

/// How the ingest of a source begins.
public enum SourceStart {
  /// The store holds the whole content already: there is nothing to do.
  case alreadyComplete
  /// The store holds the same content already, read from another file: its copy, compressed otherwise or not. The format
  /// is the one that it was read in.
  case copyOf(path: String, format: String)
  /// The store knows nothing of it.
  case new(SourceWriter)
  /// An earlier ingest was stopped: the writer goes on after the given number of records, and its source has the
  /// options that the earlier ingest was begun with.
  case resume(SourceWriter, afterRecords: Int)
}

/// A line of the store's manifest.
public struct SourceState: Hashable, Sendable {
  /// The file.
  public var source: Source
  /// Batches that were written.
  public var batches: Int
  /// Records of the file that are dealt with, skipped ones included.
  public var records: Int
  /// Whether the file was read to its end.
  public var isComplete: Bool
}
