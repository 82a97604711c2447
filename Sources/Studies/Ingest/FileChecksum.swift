import Crypto
import Foundation
import TraceFormats
import TraceStore

/// The identity of a file: its bytes on disk, and what it holds without its compression.
struct FileChecksum {
  /// SHA-256 in lower-case hexadecimal.
  let sha256: String
  /// The size in bytes.
  let bytes: Int
  /// Its content: all of it where it is not compressed, else its beginning; `nil` for a table that `duckdb` reads.
  let content: SourceContent?

  /// Reads the file once.
  ///
  /// - Throws: `UnacceptableData` where it cannot be read.
  init(of input: InputFile) throws {
    var hash = SHA256()
    let isTable = try ParquetFile.isParquet(input)
    var digest = try isTable || input.isCompressed() ? nil : ContentDigest()
    var count = 0
    try input.forEachRawBlock { block in
      hash.update(bufferPointer: block)
      digest?.update(block)
      count += block.count
    }
    sha256 = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    bytes = count
    // What is compressed may be damaged: its reader says how.
    let head = isTable ? nil : try? ContentDigest.head(of: input.open())
    content = head.map { SourceContent(head: $0, whole: digest?.text) }
  }
}
