import Foundation
import TraceFormats

/// Standard input kept in a temporary file, since a file is read twice: for its identity and for its content.
struct SpooledInput: ~Copyable {
  /// The file that stands for the input.
  let input: InputFile
  private let temporary: URL?

  /// Copies standard input to a temporary file; any other input stands for itself.
  init(_ original: InputFile) throws {
    guard original.origin == .standardInput else {
      input = original
      temporary = nil
      return
    }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("retrace-\(UUID().uuidString)")
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
    }
    temporary = url
    input = InputFile(path: url.path, name: original.name)
    let handle = try FileHandle(forWritingTo: url)
    defer { try? handle.close() }
    try original.forEachRawBlock { try handle.write(contentsOf: $0) }
  }

  deinit {
    if let temporary { try? FileManager.default.removeItem(at: temporary) }
  }
}
