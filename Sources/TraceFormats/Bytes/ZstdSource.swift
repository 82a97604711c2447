import CZstd
import Foundation
import Traces

/// The decompressed bytes of Zstandard frames (RFC 8878), one after the other, in bounded memory.
final class ZstdSource: ByteSource {
  private let compressed: any ByteSource
  private let name: String
  private let stream: OpaquePointer
  private let storage: UnsafeMutableRawBufferPointer
  private var input = ZSTD_inBuffer()
  private var consumedBefore = 0
  private var isInsideFrame = true
  private var isOver = false

  init(_ compressed: any ByteSource, name: String, bufferBytes: Int = 1 << 17) throws {
    guard let stream = ZSTD_createDStream() else {
      throw UnacceptableData(file: name, found: "zstd without memory to start", expected: "room for its window")
    }
    self.compressed = compressed
    self.name = name
    self.stream = stream
    storage = .allocate(byteCount: max(bufferBytes, 1), alignment: 16)
  }

  deinit {
    ZSTD_freeDStream(stream)
    storage.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
    while !isOver, output.pos == 0, output.size > 0 {
      if input.pos == input.size, try refill() == 0 {
        try drain(into: &output)
        break
      }
      let left = ZSTD_decompressStream(stream, &output, &input)
      guard ZSTD_isError(left) == 0 else {
        guard ZSTD_getErrorCode(left) != ZSTD_error_frameParameter_windowTooLarge else { throw tooLargeWindow }
        throw refusal("damaged zstd data (\(String(cString: ZSTD_getErrorName(left))))")
      }
      isInsideFrame = left != 0
    }
    return output.pos
  }

  private func refill() throws -> Int {
    let count = try compressed.read(into: storage)
    consumedBefore += count
    input = ZSTD_inBuffer(src: storage.baseAddress, size: count, pos: 0)
    return count
  }

  /// At the end of the input the decoder may still hold output; when it has none left inside a frame, data is missing.
  private func drain(into output: inout ZSTD_outBuffer) throws {
    if isInsideFrame {
      let left = ZSTD_decompressStream(stream, &output, &input)
      guard ZSTD_isError(left) == 0, output.pos > 0 || left == 0 else {
        throw refusal("the end of the file inside compressed data")
      }
      isInsideFrame = left != 0
    }
    isOver = output.pos == 0
  }

  private var tooLargeWindow: UnacceptableData {
    UnacceptableData(
      file: name, byte: consumedBefore - (input.size - input.pos),
      found: "zstd data with a window of more than 128 MB, as --long=28 and above write it",
      expected: "a window of at most 128 MB, which bounds the memory that reading takes",
      remedy: "compress it again: zstd -d --long=31 -c FILE | zstd --long=27 > NEW.zst")
  }

  private func refusal(_ found: String) -> UnacceptableData {
    UnacceptableData(
      file: name, byte: consumedBefore - (input.size - input.pos), found: found,
      expected: "complete zstd data (the byte counts in the compressed file)",
      remedy: "copy the file again; `zstd -t` checks it")
  }
}
