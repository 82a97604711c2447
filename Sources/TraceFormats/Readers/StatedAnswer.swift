/// Finds the gold answer in a solution, for data sets that leave out the answer itself.
enum StatedAnswer {
  /// What the last `\boxed{...}` of a solution holds; `nil` without one, or where its braces do not close.
  static func lastBoxed(_ solution: String) -> String? {
    let bytes = Array(solution.utf8)
    let mark = Array(#"\boxed{"#.utf8)
    guard let start = bytes.indices.last(where: { bytes[$0...].starts(with: mark) }) else { return nil }
    let content = start + mark.count
    var depth = 1
    for index in content..<bytes.count where index == content || bytes[index - 1] != UInt8(ascii: "\\") {
      if bytes[index] == UInt8(ascii: "{") { depth += 1 }
      if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return String(decoding: bytes[content..<index], as: UTF8.self) }
    }
    return nil
  }
}
