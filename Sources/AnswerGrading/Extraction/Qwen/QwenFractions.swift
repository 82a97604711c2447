/// Fractions in Qwen2.5-Math's normalisation.
enum QwenFractions {
  /// `\frac1b` and `\frac12` become `\frac{1}{b}` and `\frac{1}{2}`, `\frac1{72}` becomes `\frac{1}{72}`. A text in
  /// which a `\frac` has too little behind it is left as it is.
  static func complete(_ text: inout ScalarText) {
    guard var start = text.firstIndex(of: "\\frac") else { return }
    var output = Array(text.scalars[..<start])
    while true {
      let first = start + 5
      let next = text.firstIndex(of: "\\frac", from: first) ?? text.count
      output.append(ascii: "\\frac")
      if text[first] == UInt32(ASCII.openBrace), first < next {
        output.append(contentsOf: text.scalars[first..<next])
      } else {
        guard next - first >= 2 else { return }
        appendBraced(text.scalars[first..<next], to: &output)
      }
      if next == text.count { break }
      start = next
    }
    text.scalars = output
  }

  private static func appendBraced(_ rest: ArraySlice<UInt32>, to output: inout [UInt32]) {
    let open = UInt32(ASCII.openBrace)
    let close = UInt32(ASCII.closeBrace)
    let denominator = rest[rest.startIndex + 1]
    output += [open, rest[rest.startIndex], close]
    output += denominator == open ? [open] : [open, denominator, close]
    output += rest.dropFirst(2)
  }

  /// `3/4` becomes `\frac{3}{4}`: one slash, and on each side an integer as it is printed or something with a root.
  static func convertSlash(_ text: inout ScalarText) {
    let sides = text.split(at: UInt8(ascii: "/"))
    guard sides.count == 2, isConvertible(sides[0]), isConvertible(sides[1]) else { return }
    var output: [UInt32] = []
    output.append(ascii: "\\frac{")
    output += sides[0].scalars
    output.append(ascii: "}{")
    output += sides[1].scalars
    output.append(UInt32(ASCII.closeBrace))
    text.scalars = output
  }

  private static func isConvertible(_ side: ScalarText) -> Bool {
    if side.contains("sqrt") { return true }
    var digits = side.scalars[...]
    if digits.first == UInt32(ASCII.minus) { digits = digits.dropFirst() }
    guard let first = digits.first, digits.count <= longestInteger, digits.allSatisfy({ $0 &- 0x30 < 10 }) else {
      return false
    }
    return first != 0x30 || side.count == 1
  }
}

/// Python 3.11 and later refuse to convert longer texts to integers.
let longestInteger = 4_300
