import Foundation
import Traces

/// A growable block of memory that one thread fills and that is only read from then on.
///
/// It grows by `realloc`, which moves large blocks without copying them. Not checked by the compiler: whoever fills it
/// hands it on afterwards and keeps no way to change it.
final class ByteBuffer: @unchecked Sendable {
  private var memory: UnsafeMutableRawPointer?
  private var capacity: Int
  /// Where the memory goes back to; `nil` where it is the buffer's own.
  private var pool: BlockPool?
  /// The number of bytes filled.
  private(set) var count = 0

  init(capacity: Int) {
    memory = malloc(max(capacity, 1))
    self.capacity = memory == nil ? 0 : max(capacity, 1)
  }

  /// - Parameter pool: Lends a block where that is large enough.
  init(capacity: Int, from pool: BlockPool) {
    let isEnough = capacity <= pool.blockBytes
    self.pool = isEnough ? pool : nil
    memory = isEnough ? pool.take() : malloc(max(capacity, 1))
    self.capacity = memory == nil ? 0 : max(capacity, isEnough ? pool.blockBytes : 1)
  }

  deinit {
    if let pool, let memory { pool.give(memory) } else { free(memory) }
  }

  /// The bytes filled; valid as long as the buffer lives.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

  /// The number of bytes that can be filled before the buffer must grow.
  var room: Int { capacity - count }

  /// Fills from a source once, at most the room there is; 0 at the source's end.
  func fill(from source: any ByteSource, atMost limit: Int) throws -> Int {
    let free = UnsafeMutableRawBufferPointer(start: memory.map { $0 + count }, count: min(limit, room))
    let read = try source.read(into: free)
    count += read
    return read
  }

  /// Adds bytes, growing as needed.
  ///
  /// - Throws: `UnacceptableData` where there is not enough memory.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.count > room { try grow(to: max(capacity * 2, count + bytes.count)) }
    UnsafeMutableRawBufferPointer(start: memory.map { $0 + count }, count: room).copyMemory(from: bytes)
    count += bytes.count
  }

  /// Gives up the bytes from an offset on.
  func truncate(to count: Int) { self.count = min(self.count, count) }

  /// Makes the block larger.
  ///
  /// - Throws: `UnacceptableData` where there is not enough memory.
  func grow(to capacity: Int) throws {
    guard capacity > self.capacity else { return }
    guard let larger = realloc(memory, capacity) else {
      throw UnacceptableData(
        found: "a record of more than \(count) bytes", expected: "records that fit into memory",
        remedy: "lower --max-record, or read the file on a larger machine")
    }
    memory = larger
    self.capacity = capacity
    // A block that has grown is no other's.
    pool = nil
  }
}
