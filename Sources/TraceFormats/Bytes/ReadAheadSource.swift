import Dispatch
import Synchronization

/// A stream that another thread reads ahead: decompression runs beside the parsing of what it gave, in bounded memory.
final class ReadAheadSource: ByteSource {
  /// What the other thread hands over.
  private enum Piece: Sendable {
    case bytes([UInt8])
    case end
    case failure(any Error)
  }

  /// Pieces on their way, at most `capacity`; the semaphores count pieces and free places.
  private final class Channel: Sendable {
    let pieces = Mutex<[Piece]>([])
    let filled = DispatchSemaphore(value: 0)
    let free = DispatchSemaphore(value: 0)
    let isClosed = Atomic<Bool>(false)

    init(capacity: Int) {
      // A semaphore must not end with less than it began with: this one begins with nothing.
      for _ in 0..<max(capacity, 1) { free.signal() }
    }

    func put(_ piece: Piece) {
      pieces.withLock { $0.append(piece) }
      filled.signal()
    }

    func take() -> Piece {
      filled.wait()
      return pieces.withLock { $0.removeFirst() }
    }
  }

  private let channel: Channel
  private var current: [UInt8] = []
  private var position = 0
  private var last: Piece?

  /// Begins to read a source, which belongs to the other thread from now on.
  ///
  /// - Parameters:
  ///   - source: The stream to read ahead.
  ///   - pieceBytes: The size of the pieces.
  ///   - capacity: How many pieces may wait.
  init(_ source: any ByteSource, pieceBytes: Int = 1 << 20, capacity: Int = 4) {
    channel = Channel(capacity: capacity)
    // A source belongs to one thread at a time: from here on to the reading one.
    nonisolated(unsafe) let source = source
    let channel = channel
    DispatchQueue(label: "retrace.reading").async {
      Self.readAhead(source, pieceBytes: max(pieceBytes, 1), into: channel)
    }
  }

  deinit {
    // The other thread may wait for a place: it gets one and then sees that nobody reads on.
    channel.isClosed.store(true, ordering: .releasing)
    channel.free.signal()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    if position == current.count, last == nil { takeNext() }
    switch last {
    case .end: return 0
    case .failure(let error): throw error
    case .bytes, nil: break
    }
    let count = min(buffer.count, current.count - position)
    current.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    return count
  }

  private func takeNext() {
    let piece = channel.take()
    if case .bytes(let bytes) = piece {
      channel.free.signal()
      current = bytes
      position = 0
    } else {
      current = []
      position = 0
      last = piece
    }
  }

  private static func readAhead(_ source: any ByteSource, pieceBytes: Int, into channel: Channel) {
    while true {
      channel.free.wait()
      if channel.isClosed.load(ordering: .acquiring) { return }
      var failure: (any Error)?
      let bytes = [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
        (count, failure) = fill(UnsafeMutableRawBufferPointer(buffer), from: source)
      }
      if !bytes.isEmpty { channel.put(.bytes(bytes)) }
      if let failure { return channel.put(.failure(failure)) }
      if bytes.isEmpty { return channel.put(.end) }
    }
  }

  /// Fills a buffer as far as the stream goes: what was read before a failure is handed over with it.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from source: any ByteSource
  ) -> (count: Int, failure: (any Error)?) {
    var count = 0
    while count < buffer.count {
      do {
        let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        if read == 0 { break }
        count += read
      } catch {
        return (count, error)
      }
    }
    return (count, nil)
  }
}
