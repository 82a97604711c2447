import Foundation
import TraceFormats

/// Standard input kept in a temporary file, since a file is read twice: for its identity and for its content.
enum SpooledInput {
  /// Runs a body with a file that can be read again and again: the input itself, or a copy of standard input that is
  /// removed afterwards.
  static func with<Value>(_ original: InputFile, _ body: (InputFile) throws -> Value) throws -> Value {
    guard original.origin == .standardInput else { return try body(original) }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("retrace-\(UUID().uuidString)")
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
    }
    defer { try? FileManager.default.removeItem(at: url) }
    try copy(original, to: url)
    return try body(InputFile(path: url.path, name: original.name))
  }

  private static func copy(_ original: InputFile, to url: URL) throws {
    let handle = try FileHandle(forWritingTo: url)
    defer { try? handle.close() }
    try original.forEachRawBlock { try handle.write(contentsOf: $0) }
  }
}
