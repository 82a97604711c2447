import CISAL
import Foundation
import Traces

/// The decompressed bytes of a gzip stream (RFC 1952), concatenated members included, in bounded memory.
///
/// Zero bytes after the last member are padding, as `gzip` treats them; anything else there is refused.
final class GzipSource: ByteSource {
  private let compressed: any ByteSource
  private let name: String
  /// Some 80 kB: too large to lie in the object.
  private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
  private let input: UnsafeMutableRawBufferPointer
  private var consumedBefore = 0
  /// What a member begins with. It outlasts a call of the library, which forgets flags and checksum of a header that does
  /// not come in one piece where it reads headers by itself.
  private var header = isal_gzip_header()
  private var isInsideHeader = false
  private var isBetweenMembers = true
  private var isOver = false

  init(_ compressed: any ByteSource, name: String, bufferBytes: Int = 1 << 17) {
    self.compressed = compressed
    self.name = name
    input = .allocate(byteCount: max(bufferBytes, 1), alignment: 16)
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(ISAL_GZIP)
    state.pointee.avail_in = 0
  }

  deinit {
    state.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    let room = UInt32(min(buffer.count, 1 << 30))
    state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = room
    while !isOver, state.pointee.avail_out == room {
      if isBetweenMembers { try beginMember() } else { try inflateOnce() }
      // Some output may wait inside the state after all input is in it: more input comes only where none came out.
      if !isOver, state.pointee.avail_out == room, state.pointee.avail_in == 0 { try refill() }
    }
    return Int(room - state.pointee.avail_out)
  }

  private var offset: Int { consumedBefore - Int(state.pointee.avail_in) }

  private func refill() throws {
    let count = try compressed.read(into: input)
    consumedBefore += count
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(count)
    guard count == 0 else { return }
    guard isBetweenMembers else { throw refusal("the end of the file inside compressed data") }
    isOver = true
  }

  private func beginMember() throws {
    while state.pointee.avail_in > 0, offset > 0, state.pointee.next_in.pointee == 0 {
      state.pointee.next_in += 1
      state.pointee.avail_in -= 1
    }
    guard state.pointee.avail_in > 0 else { return }
    guard state.pointee.next_in.pointee == 0x1f else { throw refusal("bytes after the end of the compressed data") }
    isal_inflate_reset(state)
    isal_gzip_header_init(&header)
    isInsideHeader = true
    isBetweenMembers = false
  }

  private func readHeader() throws {
    let code = isal_read_gzip_header(state, &header)
    guard code == ISAL_DECOMP_OK || code == ISAL_END_INPUT else {
      throw refusal("damaged gzip data (\(Self.meaning(of: code)) in the header)")
    }
    isInsideHeader = code == ISAL_END_INPUT
  }

  private func inflateOnce() throws {
    guard !isInsideHeader else { return try readHeader() }
    let code = isal_inflate(state)
    guard code == ISAL_DECOMP_OK else { throw refusal("damaged gzip data (\(Self.meaning(of: code)))") }
    isBetweenMembers = state.pointee.block_state == ISAL_BLOCK_FINISH
  }

  private static func meaning(of code: Int32) -> String {
    switch code {
    case ISAL_INVALID_BLOCK: "an invalid block"
    case ISAL_INVALID_SYMBOL: "an invalid symbol"
    case ISAL_INVALID_LOOKBACK: "a reference to before its beginning"
    case ISAL_INVALID_WRAPPER: "an invalid header"
    case ISAL_UNSUPPORTED_METHOD: "a method other than deflate"
    case ISAL_INCORRECT_CHECKSUM: "its content does not fit its checksum or its length"
    default: "code \(code)"
    }
  }

  private func refusal(_ found: String) -> UnacceptableData {
    UnacceptableData(
      file: name, byte: offset, found: found, expected: "complete gzip data (the byte counts in the compressed file)",
      remedy: "copy the file again; `gzip -t` checks it")
  }
}
