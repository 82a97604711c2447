extension Parser {
  /// The base of a number: `204_5`, `204_{(5)}`, `204_{\text{five}}`.
  mutating func parseBase(of node: Int32) throws(ParseFailure) -> Int32 {
    guard tree.kind(node) == .number else { throw .syntax }
    let base = try parseBaseValue()
    return tree.add(.base, [node], payload: base)
  }

  private mutating func parseBaseValue() throws(ParseFailure) -> Int32 {
    let braced = take(.openBrace)
    let bracketed = take(.openParenthesis)
    guard position < end else { throw .syntax }
    let token = tokens[position]
    let text = bytes[Int(token.start)..<Int(token.end)]
    var value: Int32?
    if token.kind == .number, let number = LiteralReader.read(text)?.value.integer, number < 100 {
      value = Int32(number)
    } else if token.kind == .word {
      value = Parser.baseNames.firstIndex { $0.utf8.elementsEqual(text) }.map { Int32($0) + 2 }
    }
    guard let value, value >= 2 else { throw .syntax }
    position += 1
    if bracketed { try expect(.closeParenthesis) }
    if braced { try expect(.closeBrace) }
    return value
  }

  private static let baseNames = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen",
  ]

  /// An answer that is a number with letter digits in a base, as `A5_{16}`; nil when it is anything else.
  mutating func parseLetterDigits() -> Int32? {
    var letters = 0
    var digits: [UInt8] = []
    while let kind, kind == .number || kind == .letter {
      let token = tokens[position]
      let text = bytes[Int(token.start)..<Int(token.end)]
      letters += kind == .letter ? 1 : 0
      guard text.allSatisfy({ $0.isDigit || ($0.isUppercase && $0 <= 70) }) else { return nil }
      digits.append(contentsOf: text)
      position += 1
    }
    guard letters > 0, digits.count > 1, digits.count <= 18, take(.underscore) else { return nil }
    guard let base = try? parseBaseValue(), base > 10, position == end else { return nil }
    var value: Int64 = 0
    // Letters are written as digits above nine in steps of 100, which keeps different digit strings apart.
    for digit in digits { value = value &* 17 &+ Int64(digit.isDigit ? digit - 48 : digit - 55) }
    let node = tree.addInteger(value)
    return tree.add(.base, [node], payload: base &+ 1_000)
  }
}
