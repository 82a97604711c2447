import Foundation

/// A file under way: it has another name until it is complete.
struct OutputFile {
  private let handle: FileHandle
  private let path: String

  /// Writes a file through a body; where the body fails, nothing is left and an earlier file of the name stays.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - kept: Files that must not be overwritten.
  ///   - body: Writes the content.
  /// - Throws: `OutputFailure`, and what the body throws.
  static func write<Value>(
    _ path: String, keeping kept: [String] = [], _ body: (OutputFile) throws -> Value
  ) throws -> Value {
    let place = URL(fileURLWithPath: path).standardizedFileURL
    guard !kept.contains(where: { URL(fileURLWithPath: $0).standardizedFileURL == place }) else {
      throw OutputFailure.isInput(path)
    }
    let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
    guard FileManager.default.createFile(atPath: partial, contents: nil),
      let handle = FileHandle(forWritingAtPath: partial)
    else { throw OutputFailure.cannotCreate(path, String(cString: strerror(errno))) }
    do {
      let value = try body(OutputFile(handle: handle, path: path))
      try handle.close()
      guard rename(partial, path) == 0 else {
        throw OutputFailure.cannotCreate(path, String(cString: strerror(errno)))
      }
      return value
    } catch {
      try? handle.close()
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
  }

  /// Writes bytes at the end.
  ///
  /// - Throws: `OutputFailure.cannotWrite`, as for a full disk.
  func append(_ bytes: [UInt8]) throws {
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw OutputFailure.cannotWrite(path, (error as NSError).localizedDescription)
    }
  }
}

/// An output that cannot be written.
public enum OutputFailure: Error, LocalizedError {
  /// The file cannot be made.
  case cannotCreate(String, String)
  /// The file cannot be written to its end.
  case cannotWrite(String, String)
  /// Standard output cannot be written to its end.
  case cannotPrint(String)
  /// The output would overwrite what is read.
  case isInput(String)

  /// What happened, and what to do.
  public var errorDescription: String? {
    switch self {
    case .cannotCreate(let path, let reason):
      "\(path): the file cannot be made (\(reason)); check that its directory exists and may be written"
    case .cannotWrite(let path, let reason):
      "\(path): the file cannot be written to its end (\(reason)); nothing was left of it"
    case .cannotPrint(let reason):
      "standard output cannot be written to its end (\(reason)): what it holds is not complete"
    case .isInput(let path):
      "\(path): the output would overwrite the store that is read; give another name with --out"
    }
  }
}
