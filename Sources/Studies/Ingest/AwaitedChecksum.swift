import Dispatch
import Synchronization
import TraceFormats

/// The identity of a file, found while its beginning is read and graded.
final class AwaitedChecksum: Sendable {
  private let outcome = Mutex<Result<FileChecksum, any Error>?>(nil)
  /// Busy while a thread of its own reads the file.
  private let reading = DispatchGroup()
  private let input: InputFile

  /// - Parameters:
  ///   - input: The file.
  ///   - isSupplied: Whether somebody else reads all of the file and supplies its identity then; otherwise a thread of its
  ///     own begins to read it.
  init(of input: InputFile, isSupplied: Bool) {
    self.input = input
    if isSupplied { return }
    reading.enter()
    DispatchQueue(label: "retrace.checksum").async {
      let result = Result { try FileChecksum(of: input) }
      self.outcome.withLock { $0 = result }
      self.reading.leave()
    }
  }

  /// Gives the identity, unless it is known.
  func supply(_ checksum: FileChecksum) {
    outcome.withLock { $0 = $0 ?? .success(checksum) }
  }

  /// Whether the file has been read.
  var isKnown: Bool { outcome.withLock { $0 != nil } }

  /// The identity; waits for it. Where it is to be supplied and has not been, the file is read for it.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read.
  func value() throws -> FileChecksum {
    reading.wait()
    if let known = outcome.withLock({ $0 }) { return try known.get() }
    let read = try FileChecksum(of: input)
    supply(read)
    return read
  }
}

/// The bytes of a file that is not compressed on their way to its reader, who learns from them what the file's identity is.
final class SummedSource: ByteSource {
  private let source: any ByteSource
  private let input: InputFile
  private let checksum: AwaitedChecksum
  private var sum = FileChecksum.Sum(isOfContent: true)

  /// - Parameters:
  ///   - source: The file's bytes, from the first on.
  ///   - input: The file.
  ///   - checksum: Takes the identity when all has been read.
  init(_ source: any ByteSource, of input: InputFile, for checksum: AwaitedChecksum) {
    self.source = source
    self.input = input
    self.checksum = checksum
  }

  /// Reads on.
  ///
  /// - Throws: What reading throws.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    sum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    if count == 0, !buffer.isEmpty { checksum.supply(FileChecksum(sum, of: input, hasContent: true)) }
    return count
  }
}
