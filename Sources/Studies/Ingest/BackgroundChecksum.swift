import Dispatch
import Synchronization
import TraceFormats

/// The identity of a file, found on another thread while the file's beginning is read and graded.
final class BackgroundChecksum: Sendable {
  private let outcome = Mutex<Result<FileChecksum, any Error>?>(nil)
  private let done = DispatchGroup()
  private let input: InputFile

  /// Begins to read the file.
  init(of input: InputFile) {
    self.input = input
    done.enter()
    DispatchQueue(label: "retrace.checksum").async {
      let result = Result { try FileChecksum(of: input) }
      self.outcome.withLock { $0 = result }
      self.done.leave()
    }
  }

  /// Whether the file has been read.
  var isKnown: Bool { outcome.withLock { $0 != nil } }

  /// The identity; waits for it.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read.
  func value() throws -> FileChecksum {
    done.wait()
    return try outcome.withLock { try $0?.get() } ?? FileChecksum(of: input)
  }
}
