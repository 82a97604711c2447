import Foundation
import Traces

/// The files of a batch of requests.
public enum BatchFile {
  /// A template given as text, or as `@FILE`.
  ///
  /// - Parameters:
  ///   - text: The template, or `@` and a file's path.
  ///   - isChat: Whether the steps so far are a message of their own, so that the template needs no place for them.
  /// - Throws: `UnacceptableData` for a file that cannot be read, and for a template that lacks a place or nearly has it.
  public static func template(_ text: String, isChat: Bool) throws -> PromptTemplate {
    let template = PromptTemplate(try content(text))
    if var fault = template.fault(isChat: isChat) {
      fault.file = isFile(text) ? String(text.dropFirst()) : nil
      throw fault
    }
    return template
  }

  /// Whether a template is read from a file.
  public static func isFile(_ text: String) -> Bool { text.hasPrefix("@") }

  private static func content(_ text: String) throws -> String {
    guard isFile(text) else { return text }
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
