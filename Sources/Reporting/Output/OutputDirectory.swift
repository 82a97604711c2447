import Foundation
import Traces

/// A directory that results are written into, each file whole or not at all.
public struct OutputDirectory: Sendable {
  /// The directory's path.
  public let path: String

  /// Opens a directory, and makes it where it does not exist.
  /// - Throws: `UnacceptableData` where it cannot be made or written.
  public init(path: String) throws {
    self.path = path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Self.refusal(path, error)
    }
    guard FileManager.default.isWritableFile(atPath: path) else {
      throw UnacceptableData(
        file: path, found: "a directory that cannot be written", expected: "a directory for figures and tables",
        remedy: "Give another directory, or change its permissions.")
    }
  }

  /// Writes a file under another name and renames it, so that readers never see half of it.
  /// - Returns: the file's path.
  /// - Throws: `UnacceptableData` where the file cannot be written.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = (path as NSString).appendingPathComponent(name)
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw Self.refusal(file, error)
    }
    return file
  }

  private static func refusal(_ path: String, _ error: any Error) -> UnacceptableData {
    UnacceptableData(
      file: path, found: "a place that cannot be written (\(obstacle(to: path) ?? error.localizedDescription))",
      expected: "a directory for figures and tables",
      remedy: "Give another directory, or change its permissions.")
  }

  /// What stands in the way of writing a path: the nearest ancestor that exists, if it is a file or is protected.
  private static func obstacle(to path: String) -> String? {
    var isDirectory = ObjCBool(false)
    var place = URL(fileURLWithPath: path).standardizedFileURL.path
    while place != "/", !FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory) {
      place = (place as NSString).deletingLastPathComponent
    }
    if place != "/", !isDirectory.boolValue { return "\(place) is a file" }
    return FileManager.default.isWritableFile(atPath: place) ? nil : "no permission to write in \(place)"
  }
}
