import GRDBSQLite

/// Tells SQLite to copy what is bound.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension PreparedStatement {
  /// Binds an integer, or null.
  func bind(_ parameter: Int32, _ value: Int64?) {
    guard let value else {
      sqlite3_bind_null(handle, parameter)
      return
    }
    sqlite3_bind_int64(handle, parameter, value)
  }

  /// Binds an integer, or null.
  func bind(_ parameter: Int32, _ value: Int?) { bind(parameter, value.map(Int64.init)) }

  /// Binds a truth value as 1 or 0, or null.
  func bind(_ parameter: Int32, _ value: Bool?) { bind(parameter, value.map { $0 ? Int64(1) : 0 }) }

  /// Binds a number, or null.
  func bind(_ parameter: Int32, _ value: Double?) {
    guard let value else {
      sqlite3_bind_null(handle, parameter)
      return
    }
    sqlite3_bind_double(handle, parameter, value)
  }

  /// Binds a text, or null; NUL characters inside are kept.
  func bind(_ parameter: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(handle, parameter)
      return
    }
    value.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty buffer has no address, which SQLite would take for null.
        guard let start = characters.baseAddress else {
          sqlite3_bind_text(handle, parameter, "", 0, copied)
          return
        }
        sqlite3_bind_text64(handle, parameter, start, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
      }
    }
  }

  /// Binds a text of the program itself, which SQLite need not copy.
  func bind(_ parameter: Int32, constant: StaticString) {
    constant.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = sqlite3_bind_text(handle, parameter, characters.baseAddress, Int32(characters.count), nil)
      }
    }
  }

  /// Binds bytes that SQLite does not copy: they must stay as they are until the statement has run. Null where empty.
  func bind(_ parameter: Int32, uncopied bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else {
      sqlite3_bind_null(handle, parameter)
      return
    }
    sqlite3_bind_blob64(handle, parameter, bytes.baseAddress, UInt64(bytes.count), nil)
  }

  /// Binds a text's UTF-8 that SQLite does not copy: it must stay as it is until the statement has run.
  @inline(__always)
  func bind(_ parameter: Int32, uncopiedText bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address, which SQLite would take for null.
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return bind(parameter, constant: "") }
    let characters = start.assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text64(handle, parameter, characters, UInt64(bytes.count), nil, UInt8(SQLITE_UTF8))
  }

  /// Whether a column is null.
  @inline(__always)
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The integer in a column; 0 for null.
  @inline(__always)
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// The number in a column; 0 for null.
  @inline(__always)
  func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  /// The text in a column, or null.
  func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The bytes in a column, valid until the next step; empty for null.
  @inline(__always)
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    guard let start = sqlite3_column_blob(handle, column) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  /// The first byte in a column; `nil` for null and for nothing.
  @inline(__always)
  func firstByte(_ column: Int32) -> UInt8? {
    // A text ends with a zero; a BLOB of no bytes has no address.
    sqlite3_column_blob(handle, column)?.load(as: UInt8.self)
  }

  /// The elements packed in a column; empty for null.
  func packed<Element: BitwiseCopyable>(_ column: Int32, as type: Element.Type) -> [Element] {
    let bytes = bytes(column)
    let size = MemoryLayout<Element>.stride
    return (0..<(bytes.count / size)).map { bytes.loadUnaligned(fromByteOffset: $0 * size, as: type) }
  }
}
