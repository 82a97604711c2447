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
    let isTable = try ParquetFile.isParquet(input)
    var sum = try Sum(isOfContent: !isTable && !input.isCompressed())
    try input.forEachRawBlock { sum.update($0) }
    self.init(sum, of: input, hasContent: !isTable)
  }

  /// - Parameters:
  ///   - sum: All of the file's bytes.
  ///   - input: The file.
  ///   - hasContent: Whether it is more than a table that `duckdb` reads.
  init(_ sum: Sum, of input: InputFile, hasContent: Bool) {
    sha256 = sum.hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    bytes = sum.count
    // What is compressed may be damaged: its reader says how.
    let head = hasContent ? try? ContentDigest.head(of: input.open()) : nil
    content = head.map { SourceContent(head: $0, whole: sum.digest?.text) }
  }

  /// The bytes of a file, taken in one block after the other.
  struct Sum {
    fileprivate var hash = SHA256()
    fileprivate var digest: ContentDigest?
    fileprivate var count = 0

    /// - Parameter isOfContent: Whether the bytes are the file's content, too, since it is not compressed.
    init(isOfContent: Bool) { digest = isOfContent ? ContentDigest() : nil }

    /// Takes in the next bytes.
    mutating func update(_ block: UnsafeRawBufferPointer) {
      hash.update(bufferPointer: block)
      digest?.update(block)
      count += block.count
    }
  }
}
