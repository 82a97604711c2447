/// The normalisation of an answer in Qwen2.5-Math's evaluation, `strip_string` in `evaluation/parser.py` at a45202b,
/// step by step in its order, since each step sees what the others left.
enum QwenNormalization {
  static func normalized(_ answer: ScalarText) -> ScalarText {
    var text = answer
    text.strip()
    text.replace("\n")
    while text[text.count - 1] == UInt32(ASCII.period) { text.scalars.removeLast() }
    unifyLaTeX(&text)
    dropFinalText(&text)
    QwenUnits.remove(from: &text)
    dropSigns(&text)
    QwenNumberWords.convert(&text)
    unwrapText(&text)
    dropNamesAndPercent(&text)
    unifyInfinity(&text)
    dropEmptyDecimals(&text)
    if text.isEmpty { return text }
    if text[0] == UInt32(ASCII.period) { text.scalars.insert(0x30, at: 0) }
    dropUnknown(&text)
    bracketRoots(&text)
    text.replace(" ")
    QwenFractions.complete(&text)
    QwenFractions.convertSlash(&text)
    return text
  }

  private static func unifyLaTeX(_ text: inout ScalarText) {
    text.replace("\\!")
    text.replaceCalls(of: "\\begin{array}{", keeping: { _ in [] }, prefix: "\\begin{pmatrix}")
    text.replace("\\end{array}", by: "\\end{pmatrix}")
    text.replace("bmatrix", by: "pmatrix")
    text.replace("tfrac", by: "frac")
    text.replace("dfrac", by: "frac")
    text.replace("\\neq", by: "\\ne")
    text.replace("\\leq", by: "\\le")
    text.replace("\\geq", by: "\\ge")
    text.replace("\\left")
    text.replace("\\right")
    text.replace("\\{", by: "{")
    text.replace("\\}", by: "}")
  }

  /// A text that ends in a brace loses everything from its first `\text{` on, unless nothing would remain.
  private static func dropFinalText(_ text: inout ScalarText) {
    guard text[text.count - 1] == UInt32(ASCII.closeBrace), let start = text.firstIndex(of: "\\text{"),
      start + 6 < text.count
    else { return text.stripIfNotEmpty() }
    var rest = ScalarText(text.scalars[..<start])
    rest.strip()
    if !rest.isEmpty { text = rest }
  }

  private static func dropSigns(_ text: inout ScalarText) {
    for sign in ["^{\\circ}", "^\\circ", "\\$", "$", "\\(", "\\)"] as [StaticString] { text.replace(sign) }
  }

  private static func unwrapText(_ text: inout ScalarText) {
    text.replaceCalls(of: "\\text{", keeping: { Array($0) })
  }

  private static func dropNamesAndPercent(_ text: inout ScalarText) {
    let names: [StaticString] = [
      "x=", "y=", "z=", "x\\in", "y\\in", "z\\in", "x\\to", "y\\to", "z\\to",
    ]
    for name in names { text.replace(name) }
    text.replace("\\emptyset", by: "{}")
    text.replace("(-\\infty,\\infty)", by: "\\mathbb{R}")
    text.replace("\\%")
    text.replace("%")
    text.replace(" .", by: " 0.")
    text.replace("{.", by: "{0.")
  }

  private static func unifyInfinity(_ text: inout ScalarText) {
    text.replace("infinity", by: "\\infty")
    if !text.contains("\\infty") { text.replace("inf", by: "\\infty") }
    text.replace("+\\inity", by: "\\infty")
    text.replace("and")
    text.replace("\\mathbf")
    text.replaceCalls(of: "\\mbox{", keeping: { _ in [] })
    if text.contains("j"), !text.contains("i") { text.replace("j", by: "i") }
  }

  /// `3.00` becomes `3`: first before a character that is no digit, `3.` included, then at the end.
  private static func dropEmptyDecimals(_ text: inout ScalarText) {
    var output: [UInt32] = []
    var index = 0
    while index < text.count {
      let end = endOfEmptyDecimals(in: text, at: index)
      output.append(text[end])
      index = end + 1
    }
    while output.last == 0x30, output.dropLast().last(where: { $0 != 0x30 }) == UInt32(ASCII.period) {
      output.removeLast()
    }
    let digits = output.dropLast()
    if output.last == UInt32(ASCII.period), let digit = digits.last, CharacterClass.isDigit(digit) {
      output.removeLast()
    }
    text.scalars = output
  }

  /// The index after a point behind a digit and the zeros behind the point, if a character that is no digit follows;
  /// else the index itself.
  private static func endOfEmptyDecimals(in text: ScalarText, at point: Int) -> Int {
    guard text[point] == UInt32(ASCII.period), CharacterClass.isDigit(text[point - 1]) else { return point }
    var index = point + 1
    while text[index] == 0x30 { index += 1 }
    return index < text.count && !CharacterClass.isDigit(text[index]) ? index : point
  }

  /// `k = 5` becomes ` 5`: one equals sign with at most two characters before it.
  private static func dropUnknown(_ text: inout ScalarText) {
    let sides = text.split(at: ASCII.equals)
    if sides.count == 2, sides[0].count <= 2 { text = sides[1] }
  }

  /// `\sqrt23x` becomes `\sqrt{23x}`.
  private static func bracketRoots(_ text: inout ScalarText) {
    guard var start = text.firstIndex(of: "\\sqrt") else { return }
    var output: [UInt32] = []
    var index = 0
    while true {
      output.append(contentsOf: text.scalars[index..<(start + 5)])
      index = start + 5
      let first = index
      while index < text.count, CharacterClass.isWord(text[index]) { index += 1 }
      if index > first {
        output.append(UInt32(ASCII.openBrace))
        output.append(contentsOf: text.scalars[first..<index])
        output.append(UInt32(ASCII.closeBrace))
      }
      guard let next = text.firstIndex(of: "\\sqrt", from: index) else { break }
      start = next
    }
    output.append(contentsOf: text.scalars[index...])
    text.scalars = output
  }
}

extension ScalarText {
  /// Replaces every call of a command, from its name with the opening brace to the next closing brace, whatever
  /// stands between: by a prefix and what the closure keeps of the argument.
  fileprivate mutating func replaceCalls(
    of command: StaticString, keeping: (ArraySlice<UInt32>) -> [UInt32], prefix: StaticString = ""
  ) {
    guard var start = firstIndex(of: command) else { return }
    var output: [UInt32] = []
    var index = 0
    while let close = scalars[(start + command.utf8CodeUnitCount)...].firstIndex(of: UInt32(ASCII.closeBrace)) {
      output.append(contentsOf: scalars[index..<start])
      output.append(ascii: prefix)
      output.append(contentsOf: keeping(scalars[(start + command.utf8CodeUnitCount)..<close]))
      index = close + 1
      guard let next = firstIndex(of: command, from: index) else { break }
      start = next
    }
    output.append(contentsOf: scalars[index...])
    scalars = output
  }

  fileprivate mutating func stripIfNotEmpty() {
    var rest = self
    rest.strip()
    if !rest.isEmpty { self = rest }
  }
}
