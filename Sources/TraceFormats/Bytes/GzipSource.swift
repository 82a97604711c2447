import CZlib
import Foundation
import Traces

/// The decompressed bytes of a gzip stream (RFC 1952), concatenated members included, in bounded memory.
///
/// Zero bytes after the last member are padding, as `gzip` treats them; anything else there is refused.
final class GzipSource: ByteSource {
  private let compressed: any ByteSource
  private let name: String
  private var stream = z_stream()
  private let input: UnsafeMutableRawBufferPointer
  private var consumedBefore = 0
  private var isBetweenMembers = true
  private var isOver = false

  init(_ compressed: any ByteSource, name: String, bufferBytes: Int = 1 << 17) throws {
    self.compressed = compressed
    self.name = name
    input = .allocate(byteCount: max(bufferBytes, 1), alignment: 16)
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw UnacceptableData(file: name, found: "zlib without memory to start", expected: "room for 64 kB")
    }
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    let room = min(buffer.count, 1 << 30)
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(room)
    while !isOver, stream.avail_out == UInt32(room) {
      if stream.avail_in == 0 { try refill() }
      if isOver { break }
      if isBetweenMembers { try beginMember() }
      if isOver { break }
      if !isBetweenMembers { try inflateOnce() }
    }
    return room - Int(stream.avail_out)
  }

  private var offset: Int { consumedBefore - Int(stream.avail_in) }

  private func refill() throws {
    let count = try compressed.read(into: input)
    consumedBefore += count
    stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
    guard count == 0 else { return }
    guard isBetweenMembers else { throw refusal("the end of the file inside compressed data") }
    isOver = true
  }

  private func beginMember() throws {
    while stream.avail_in > 0, consumedBefore > Int(stream.avail_in), stream.next_in.pointee == 0 {
      stream.next_in += 1
      stream.avail_in -= 1
    }
    guard stream.avail_in > 0 else { return }
    guard stream.next_in.pointee == 0x1f else { throw refusal("bytes after the end of the compressed data") }
    inflateReset(&stream)
    isBetweenMembers = false
  }

  private func inflateOnce() throws {
    switch inflate(&stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: return
    case Z_STREAM_END: isBetweenMembers = true
    default: throw refusal("damaged gzip data (\(stream.msg.map { String(cString: $0) } ?? "no detail"))")
    }
  }

  private func refusal(_ found: String) -> UnacceptableData {
    UnacceptableData(
      file: name, byte: offset, found: found, expected: "complete gzip data (the byte counts in the compressed file)",
      remedy: "copy the file again; `gzip -t` checks it")
  }
}
