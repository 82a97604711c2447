/// A row of comma-separated values (RFC 4180).
struct CSVRow: CustomStringConvertible {
  /// The row as a line without its line break.
  let description: String

  /// Joins fields, in quotes where they need it; nothing stands for a missing one.
  init(_ fields: String?...) {
    description = fields.map { Self.field($0 ?? "") }.joined(separator: ",")
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
