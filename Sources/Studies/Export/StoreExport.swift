import Foundation
import TraceStore
import Traces

/// Writes a store as one file of the `retrace` format.
///
/// Problems come in order of their keys, recordings in order of names, rollouts in an order that does not depend on the
/// order of ingest: stores of equal content give equal bytes, and what is written reads back to an equal store.
public struct StoreExport: Sendable {
  /// What an export came to.
  public struct Summary: Sendable, Encodable {
    /// Lines written: one a problem and recording.
    public var records = 0
    /// Rollouts and segments written.
    public var rollouts = 0
    /// Bytes written.
    public var bytes = 0
  }

  /// The store.
  public var store: String
  /// The names of the recordings to write; all without.
  public var recordings: [String]?
  /// The names of the scorers whose scores to write; all without.
  public var scorers: [String]?

  /// Asked between pieces of work whether the user wants to stop.
  public var isStopped: @Sendable () -> Bool = { false }

  /// Describes an export of everything.
  public init(store: String, recordings: [String]? = nil, scorers: [String]? = nil) {
    self.store = store
    self.recordings = recordings
    self.scorers = scorers
  }

  /// Writes to a file that is complete or not there: it takes its name when it is finished.
  ///
  /// - Throws: `UnacceptableData` for a path that is no store, for unknown names, and for a store without rollouts, since
  ///   an empty file could not be read back; `OutputFailure` where the file cannot be written.
  public func run(toFile path: String) throws -> Summary {
    try OutputFile.write(path, keeping: [store]) { file in try run { try file.append($0) } }
  }

  /// Hands out the bytes in pieces; stopped by the user, it throws `CancellationError`.
  ///
  /// - Throws: As `run(toFile:)`, and what the function throws.
  public func run(_ piece: ([UInt8]) throws -> Void) throws -> Summary {
    let store = try TraceStore(path: store, mode: .readOnly)
    var summary = Summary()
    var text = JSONText()
    func flush() throws {
      try piece(text.bytes)
      summary.bytes += text.bytes.count
      text.removeAll()
    }
    try store.export(recordings: recordings, scorers: scorers) { record in
      try RetraceLine(record: record).write(to: &text)
      summary.records += 1
      summary.rollouts += record.rollouts.count
      if isStopped() { throw CancellationError() }
      if text.bytes.count >= 1 << 20 { try flush() }
    }
    guard summary.records > 0 else {
      throw UnacceptableData(
        file: self.store, found: "no rollouts", expected: "a store with rollouts to write",
        remedy: "ingest files into it first; what --skip-invalid left out is not in a store")
    }
    try flush()
    return summary
  }
}
