import Crypto
import Foundation
import TraceFormats

/// The identity of a file: its bytes on disk.
struct FileChecksum {
  /// SHA-256 in lower-case hexadecimal.
  let sha256: String
  /// The size in bytes.
  let bytes: Int

  /// Reads the file once.
  ///
  /// - Throws: `UnacceptableData` where it cannot be read.
  init(of input: InputFile) throws {
    var hash = SHA256()
    var count = 0
    try input.forEachRawBlock { block in
      hash.update(bufferPointer: block)
      count += block.count
    }
    sha256 = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    bytes = count
  }
}
