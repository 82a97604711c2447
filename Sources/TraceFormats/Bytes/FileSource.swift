import Foundation
import Traces

/// A file's bytes as they are on disk, or standard input's, by plain `read` calls.
public final class FileSource: ByteSource {
  private let descriptor: Int32
  private let closes: Bool
  private let name: String
  private let isStopped: () -> Bool
  /// Whether reading may wait for others: of a pipe or a terminal, not of a file on disk.
  private let mayWait: Bool
  private var position = 0
  /// How long a wait goes on before the user's wish to stop is looked for, in milliseconds.
  private static let patience: Int32 = 50

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - name: The file as the user named it, for messages.
  ///   - isStopped: Asked while a pipe gives nothing whether the user wants to stop.
  /// - Throws: `UnacceptableData` where the file is missing, unreadable or a directory.
  public init(path: String, name: String, isStopped: @escaping () -> Bool = { false }) throws {
    // Without O_NONBLOCK, opening a pipe waits for its writer, deaf to everything.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    let code = errno
    self.isStopped = isStopped
    mayWait = Self.mayWait(descriptor)
    closes = true
    self.name = name
    guard descriptor >= 0 else { throw Self.cannotOpen(name, code: code) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw UnacceptableData(file: name, found: "a directory", expected: "a file")
    }
  }

  /// Reads from an open descriptor, as of a pipe, without closing it.
  public init(descriptor: Int32, name: String, isStopped: @escaping () -> Bool = { false }) {
    self.descriptor = descriptor
    self.isStopped = isStopped
    mayWait = Self.mayWait(descriptor)
    closes = false
    self.name = name
  }

  /// Reads standard input.
  public convenience init(standardInputNamed name: String, isStopped: @escaping () -> Bool = { false }) {
    self.init(descriptor: STDIN_FILENO, name: name, isStopped: isStopped)
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// Reads what the system hands out next; interrupted calls are repeated.
  ///
  /// - Throws: `UnacceptableData` where it cannot be read; `CancellationError` where the user stops a wait.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    while true {
      if mayWait { try wait() }
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        position += count
        return count
      }
      if errno == EINTR || errno == EAGAIN { continue }
      throw UnacceptableData(
        file: name, byte: position, found: "a read error (\(String(cString: strerror(errno))))",
        expected: "a file that can be read to its end")
    }
  }

  /// Waits until there is something to read, or the end.
  private func wait() throws {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    repeat {
      if isStopped() { throw CancellationError() }
    } while poll(&waiting, 1, Self.patience) <= 0
  }

  private static func mayWait(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
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
