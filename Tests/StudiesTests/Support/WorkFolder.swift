import Foundation
import Studies

/// A folder for a test's files, removed with the object.
final class WorkFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("retrace-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  subscript(_ name: String) -> String { path + "/" + name }

  /// Writes a text and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: self[name]))
    return self[name]
  }

  /// The content of a file.
  func read(_ name: String) throws -> String { try String(contentsOfFile: self[name], encoding: .utf8) }

  /// Ingests files into a store of the folder.
  @discardableResult
  func ingest(
    _ inputs: [String], into store: String, threads: Int = 2, _ change: (inout IngestionRequest) -> Void = { _ in }
  ) throws -> IngestionSummary {
    var request = IngestionRequest(inputs: inputs, store: self[store])
    request.threads = threads
    change(&request)
    return try Ingestion(request).run()
  }

  /// The bytes of an export of a store of the folder.
  func export(_ store: String) throws -> String {
    var bytes: [UInt8] = []
    _ = try StoreExport(store: self[store]).run { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The repository's fixtures.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures").path

  static func path(_ name: String) -> String { folder + "/" + name }
}
