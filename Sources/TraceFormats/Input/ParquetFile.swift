/// Recognises Parquet, which is read by the `duckdb` command line: a process, so not from here.
public enum ParquetFile {
  /// Whether content begins as Parquet does.
  public static func isParquet(_ head: UnsafeRawBufferPointer) -> Bool { head.starts(with: "PAR1".utf8) }

  /// Whether a file begins as Parquet does.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be read.
  public static func isParquet(_ input: InputFile) throws -> Bool {
    guard case .path = input.origin else { return false }
    return try Decompression.firstBytes(4, of: input.openRaw()).elementsEqual("PAR1".utf8)
  }
}
