import Foundation

/// What becomes another when somebody writes to a file or puts another in its place.
public struct FileState: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64
  private let size: Int
  private let times: [Int]

  /// The state of a file; `nil` where there is none.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int(status.st_size)
    #if canImport(Darwin)
      let moments = [status.st_mtimespec, status.st_ctimespec]
    #else
      let moments = [status.st_mtim, status.st_ctim]
    #endif
    times = moments.flatMap { [Int($0.tv_sec), Int($0.tv_nsec)] }
  }
}

extension InputFile {
  /// The state of the file on disk; `nil` for what is none or is not there.
  public var state: FileState? {
    guard case .path(let path) = origin else { return nil }
    return FileState(of: path)
  }
}
