import Foundation
import Traces

/// A file's bytes as they are on disk, or standard input's, by plain `read` calls.
public final class FileSource: ByteSource {
  private let descriptor: Int32
  private let closes: Bool
  private let name: String
  private var position = 0

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - name: The file as the user named it, for messages.
  /// - Throws: `UnacceptableData` where the file is missing, unreadable or a directory.
  public init(path: String, name: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    closes = true
    self.name = name
    guard descriptor >= 0 else { throw Self.cannotOpen(name, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw UnacceptableData(file: name, found: "a directory", expected: "a file")
    }
  }

  /// Reads from an open descriptor, as of a pipe, without closing it.
  public init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    closes = false
    self.name = name
  }

  /// Reads standard input.
  public init(standardInputNamed name: String) {
    descriptor = STDIN_FILENO
    closes = false
    self.name = name
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// Reads what the system hands out next; interrupted calls are repeated.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        position += count
        return count
      }
      if errno == EINTR { continue }
      throw UnacceptableData(
        file: name, byte: position, found: "a read error (\(String(cString: strerror(errno))))",
        expected: "a file that can be read to its end")
    }
  }

  private static func cannotOpen(_ name: String, code: Int32) -> UnacceptableData {
    switch code {
    case ENOENT, ENOTDIR:
      UnacceptableData(file: name, found: "no such file", expected: "a file that exists", remedy: "check the path")
    case EACCES, EPERM:
      UnacceptableData(
        file: name, found: "no permission to read it", expected: "a readable file", remedy: "chmod u+r, or another user"
      )
    case ELOOP:
      UnacceptableData(file: name, found: "a loop of symbolic links", expected: "a file")
    default:
      UnacceptableData(file: name, found: String(cString: strerror(code)), expected: "a file that can be opened")
    }
  }
}
