import Traces

/// Cuts a line of comma-separated values into its fields (RFC 4180, without line breaks inside quotes).
struct CSVLine {
  private(set) var fields: [String] = []

  /// - Throws: `UnacceptableData` for a quote that is not closed or stands inside a field, and for invalid UTF-8.
  init(_ line: TextLine) throws {
    var bytes = line.bytes[...]
    if bytes.last == 0x0d { bytes.removeLast() }
    guard var rest = String(validating: bytes, as: UTF8.self)?[...] else {
      throw UnacceptableData(byte: line.byte, found: "bytes that are not valid UTF-8", expected: "UTF-8 text")
    }
    while true {
      fields.append(try Self.takeField(&rest))
      guard rest.first == "," else { break }
      rest.removeFirst()
    }
    guard rest.isEmpty else {
      throw UnacceptableData(
        found: "`\(rest.prefix(20))` after a closing quote", expected: "a comma or the line's end")
    }
  }

  private static func takeField(_ rest: inout Substring) throws -> String {
    guard rest.first == "\"" else {
      let field = rest.prefix { $0 != "," }
      rest.removeFirst(field.count)
      return String(field)
    }
    rest.removeFirst()
    var field = ""
    while let quote = rest.firstIndex(of: "\"") {
      field += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.first == "\"" else { return field }
      field += "\""
      rest.removeFirst()
    }
    throw UnacceptableData(found: "a quote that is not closed", expected: "a closing quote on the same line")
  }
}
