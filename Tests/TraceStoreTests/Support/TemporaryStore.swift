import Foundation
import TraceStore
import Traces

/// A directory that goes with its owner, and the stores in it.
final class TemporaryDirectory {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func store(_ name: String = "a.retrace") throws -> TraceStore {
    try TraceStore(path: file(name), mode: .create)
  }
}

/// A store that cannot begin where a test expects it to.
struct UnexpectedStart: Error {}

extension TraceStore {
  /// Ingests records as one source in batches, to its end.
  @discardableResult
  func ingest(_ records: [GradedRecord], name: String = "a", batch: Int = 2) throws -> IngestCounts {
    let writer = try begin(name)
    var counts = IngestCounts()
    for start in stride(from: 0, to: records.count, by: batch) {
      counts += try writer.write(batch: Array(records[start..<min(start + batch, records.count)]))
    }
    try writer.finish()
    return counts
  }

  /// Begins a source that must be new.
  func begin(_ name: String) throws -> SourceWriter {
    guard case .new(let writer) = try beginSource(.named(name)) else { throw UnexpectedStart() }
    return writer
  }
}

extension Source {
  /// A made-up file whose content is known by its name.
  static func named(_ name: String) -> Source {
    Source(path: "/somewhere/\(name).jsonl", sha256: "hash of \(name)", format: "retrace", bytes: 100)
  }
}
