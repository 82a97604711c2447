import Foundation
import Traces

/// What a user asks to be ingested.
public struct IngestionRequest: Sendable {
  /// Files, folders, or `-` for standard input.
  public var inputs: [String]
  /// The store, made where it is missing.
  public var store: String
  /// The name of the format; `nil` or `auto` recognises it file by file.
  public var format: String?
  /// A file with statements and gold answers that the inputs lack.
  public var problems: String?
  /// The reward model's name, in place of the file's.
  public var scorer: String?
  /// Scales of scorers by name.
  public var scales: [String: ScoreScale] = [:]
  /// The scale of every other scorer, in place of its format's default.
  public var defaultScale: ScoreScale?
  /// The recording's name, in place of the file's.
  public var recording: String?
  /// How the rollouts were selected, in place of what their format says or their texts show.
  public var sampling: Recording.Sampling?
  /// Counts and lists records that are not acceptable instead of stopping at the first.
  public var skipInvalid = false
  /// Takes out of the store what a stopped ingest of the same file has left, and begins anew.
  public var restart = false
  /// Reads and grades everything and writes nothing.
  public var dryRun = false
  /// The longest record accepted, in bytes after decompression.
  public var maximumRecordBytes = 256 << 20
  /// The folders to look for `duckdb` in, separated by colons: those of the environment's PATH.
  public var toolPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  /// Threads to read and grade on.
  public var threads = 1

  /// Creates a request with the standard settings.
  public init(inputs: [String], store: String) {
    self.inputs = inputs
    self.store = store
  }
}
