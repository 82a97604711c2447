/// Finds the gold answer in a solution, for files that give the whole solution in its place.
enum StatedAnswer {
  private static let box = Array(#"\boxed"#.utf8)
  private static let lineMark = Array("####".utf8)

  /// The answer that a gold text states: what its last `\boxed{...}` holds (MATH), else what follows `####` on the last
  /// line that begins so (GSM8K), else all of it.
  static func gold(in text: String) -> String { lastBoxed(text) ?? lastMarkedLine(text) ?? text }

  /// What the last `\boxed{...}` of a solution holds, or the last `\boxed 7$`; `nil` without one, or where its braces do
  /// not close.
  static func lastBoxed(_ solution: String) -> String? {
    let bytes = Array(solution.utf8)
    let places = bytes.indices.lazy.reversed().filter { bytes[$0...].starts(with: box) }
    guard let end = places.map({ $0 + box.count }).first(where: { isOpened(bytes[$0...]) }) else { return nil }
    let rest = bytes[end...].drop { $0 == UInt8(ascii: " ") }
    guard rest.first == UInt8(ascii: "{") else { return upToDollar(rest) }
    let content = rest.startIndex + 1
    var depth = 1
    for index in content..<bytes.count where index == content || bytes[index - 1] != UInt8(ascii: "\\") {
      if bytes[index] == UInt8(ascii: "{") { depth += 1 }
      if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return String(decoding: bytes[content..<index], as: UTF8.self) }
    }
    return nil
  }

  /// Whether a brace follows, or a blank, as in some of MATH's solutions.
  private static func isOpened(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first == UInt8(ascii: "{") || rest.first == UInt8(ascii: " ")
  }

  /// An answer without braces, which ends with its formula.
  private static func upToDollar(_ bytes: ArraySlice<UInt8>) -> String? {
    let content = bytes.prefix { $0 != UInt8(ascii: "$") }
    guard content.endIndex < bytes.endIndex else { return nil }
    let answer = trimmed(content)
    return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
  }

  private static func lastMarkedLine(_ text: String) -> String? {
    let lines = Array(text.utf8).split(separator: 0x0a).map(trimmed)
    guard let line = lines.last(where: { $0.starts(with: lineMark) }) else { return nil }
    let answer = trimmed(line.dropFirst(lineMark.count))
    return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let head = bytes.drop(while: \.isBlank)
    let last = head.lastIndex { !$0.isBlank }
    return last.map { head[...$0] } ?? head.prefix(0)
  }
}
