import Foundation
import Traces

/// A stream of bytes that is read once, from its beginning to its end.
///
/// Short reads are allowed: only a count of 0 means the end. A source belongs to one thread at a time.
public protocol ByteSource: AnyObject {
  /// Fills the beginning of a buffer.
  ///
  /// - Returns: The number of bytes written, at least 1; 0 at the end of the stream or for an empty buffer.
  /// - Throws: `UnacceptableData` where the stream is broken or cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes in memory as a stream.
public final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  /// Creates a stream of the given bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Copies the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
    position += count
    return count
  }
}

/// A stream whose bytes are written to a file as they are read.
final class CopyingSource: ByteSource {
  private let source: any ByteSource
  private let file: FileHandle

  init(_ source: any ByteSource, into file: FileHandle) {
    self.source = source
    self.file = file
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    try file.write(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }
}

/// A stream whose first bytes have been read already and come again.
final class PrefixedSource: ByteSource {
  private let prefix: MemorySource
  private let rest: any ByteSource
  private var prefixIsOver = false

  init(prefix: [UInt8], rest: any ByteSource) {
    self.prefix = MemorySource(prefix)
    self.rest = rest
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if !prefixIsOver {
      let count = prefix.read(into: buffer)
      if count > 0 || buffer.isEmpty { return count }
      prefixIsOver = true
    }
    return try rest.read(into: buffer)
  }
}
