import Foundation
import TraceFormats

/// Standard input or a pipe kept in a temporary file, since a file is read twice: for its identity and for its content.
enum SpooledInput {
  /// Runs a body with a file that can be read again and again: the input itself, or a copy that is removed afterwards.
  ///
  /// - Parameters:
  ///   - original: What the user named.
  ///   - reading: How it will be read, where that is known: what it refuses of the first record ends the copying.
  ///   - body: Takes the file.
  static func with<Value>(
    _ original: InputFile, readBy reading: TraceReading? = nil, _ body: (InputFile) throws -> Value
  ) throws -> Value {
    guard !original.isReadableAgain else { return try body(original) }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("retrace-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(copy(of: original, at: url.path, reading))
  }

  private static func copy(of original: InputFile, at path: String, _ reading: TraceReading?) throws -> InputFile {
    do {
      return try original.spooled(to: path, recognisedBy: reading)
    } catch let error as CocoaError {
      throw OutputFailure.cannotWrite(
        "\(path), the copy of \(original.name) (TMPDIR names another place)", error.localizedDescription)
    }
  }
}
