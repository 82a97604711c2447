/// A growable block of memory that one thread fills and that is only read from then on.
///
/// Not checked by the compiler: whoever fills it hands it on afterwards and keeps no way to change it.
final class ByteBuffer: @unchecked Sendable {
  private var memory: UnsafeMutableRawBufferPointer
  /// The number of bytes filled.
  private(set) var count = 0

  init(capacity: Int) { memory = .allocate(byteCount: max(capacity, 1), alignment: 16) }

  deinit { memory.deallocate() }

  /// The bytes filled; valid as long as the buffer lives.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  /// The number of bytes that can be filled before the buffer must grow.
  var room: Int { memory.count - count }

  /// Fills from a source once, at most the room there is; 0 at the source's end.
  func fill(from source: any ByteSource) throws -> Int {
    let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[count...]))
    count += read
    return read
  }

  /// Adds bytes, growing as needed.
  func append(_ bytes: UnsafeRawBufferPointer) {
    if bytes.count > room { grow(to: max(memory.count * 2, count + bytes.count)) }
    UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  /// Gives up the bytes from an offset on.
  func truncate(to count: Int) { self.count = min(self.count, count) }

  /// Moves to a larger block.
  func grow(to capacity: Int) {
    guard capacity > memory.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    larger.copyMemory(from: bytes)
    memory.deallocate()
    memory = larger
  }
}
