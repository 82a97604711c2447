import Foundation
import TraceStore

@testable import Studies

/// A folder that goes with its owner, with files of rollouts and stores in it.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("studies-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// Writes lines to a file and returns its path.
  @discardableResult
  func write(_ lines: [String], to name: String) throws -> String {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// Writes lines to a file, ingests it and returns the store's path.
  @discardableResult
  func store(_ lines: [String], named name: String = "store.retrace", recording: String = "r") throws -> String {
    let input = try write(lines, to: name + ".jsonl")
    try ingest(input, into: name) { $0.recording = recording }
    return file(name)
  }

  /// Ingests a file into a store of the folder.
  @discardableResult
  func ingest(
    _ input: String,
    into name: String = "store.retrace",
    _ change: (inout IngestionRequest) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> IngestionSummary {
    var request = IngestionRequest(inputs: [input], store: file(name))
    change(&request)
    return try Ingestion(request, isStopped: isStopped).run()
  }

  /// The hash of a store's content.
  func content(of name: String = "store.retrace") throws -> String {
    try TraceStore(path: file(name), mode: .readOnly).contentHash()
  }

  /// Writes a text and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}
