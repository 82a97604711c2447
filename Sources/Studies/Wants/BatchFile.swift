import Foundation
import Traces

/// The files of a batch of requests.
public enum BatchFile {
  /// A template given as text, or as `@FILE`.
  ///
  /// - Throws: `UnacceptableData` for a file that cannot be read.
  public static func template(_ text: String) throws -> String {
    guard text.hasPrefix("@") else { return text }
    let path = String(text.dropFirst())
    guard let data = FileManager.default.contents(atPath: path), let template = String(data: data, encoding: .utf8)
    else {
      throw UnacceptableData(
        file: path, found: "no text that can be read", expected: "a template with {problem} and {prefix} in UTF-8")
    }
    return template
  }

  /// Writes a batch, whole or not at all.
  ///
  /// - Throws: `OutputFailure` where the file cannot be written.
  public static func write(_ batch: String, to path: String) throws {
    try OutputFile.write(path) { try $0.append(Array(batch.utf8)) }
  }
}
