/// Reads a mathematical expression written in running text, without formula delimiters: `1,234`, `-3/4`,
/// `x^2 + 1`, `2 sqrt(3)`, `{2, 3}`, `(B)`, `12:30`.
struct PlainExpression {
  private let text: TextBytes
  /// Whether a comma is read as a decimal comma, as most languages other than English write it.
  private let hasDecimalComma: Bool
  private var previous = Token.start
  private var end: Int

  /// What a token is for the one that follows it.
  enum Token {
    case start, number, operand, infix, prefix
  }

  private init(_ text: TextBytes, at start: Int, hasDecimalComma: Bool) {
    self.text = text
    self.hasDecimalComma = hasDecimalComma
    end = start
  }

  /// The index after the longest expression that begins at an index; nil where none begins there.
  static func end(in text: TextBytes, at start: Int, hasDecimalComma: Bool = false) -> Int? {
    var expression = PlainExpression(text, at: start, hasDecimalComma: hasDecimalComma)
    return expression.read(from: start)
  }

  /// Reads token after token. The end is set after operands only, so that a dash or a final period stays outside.
  private mutating func read(from start: Int) -> Int? {
    var index = start
    while true {
      let next = text.skippingSpaces(from: index)
      let isApart = next != index && previous != .start
      guard let (token, tokenEnd) = token(at: next, isApart: isApart), tokenEnd > next else { break }
      previous = token
      index = tokenEnd
      if token == .number || token == .operand { end = index }
    }
    return end > start ? end : nil
  }

  private func token(at index: Int, isApart: Bool) -> (Token, Int)? {
    if previous == .number, text.isCross(at: index) { return (.infix, index + 1) }
    if let infixEnd = text.infixEnd(at: index, isFirst: previous == .start || previous == .infix) {
      return (.infix, infixEnd)
    }
    if let postfixEnd = text.postfixEnd(at: index), previous == .number || previous == .operand {
      return (.operand, postfixEnd)
    }
    return operand(at: index, isApart: isApart && (previous == .number || previous == .operand))
  }

  private func operand(at index: Int, isApart: Bool) -> (Token, Int)? {
    let byte = text[index]
    if byte.isASCIIDigit || (byte == ASCII.period && text[index + 1].isASCIIDigit) {
      return number(at: index, isApart: isApart)
    }
    if byte == ASCII.backslash { return command(at: index) }
    if byte.isASCIILetter { return letters(at: index, isApart: isApart) }
    if byte == ASCII.openParenthesis || byte == ASCII.openBracket || byte == ASCII.openBrace {
      if isApart, byte != ASCII.openParenthesis { return nil }
      return group(at: index, isApart: isApart)
    }
    if byte == UInt8(ascii: "|"), !isApart, let close = text.firstIndex(of: byte, from: index + 1), close - index < 60 {
      return text[(index + 1)..<close].hasProse ? nil : (.operand, close + 1)
    }
    return text.mathSymbolLength(at: index).map {
      (text[index + $0].isASCIILetterOrDigit ? .prefix : .operand, index + $0)
    }
  }

  /// A number; one apart from an operand before it only where it completes it: `1 1/2`, `2 · 10 000` are read whole.
  private func number(at index: Int, isApart: Bool) -> (Token, Int)? {
    guard let numberEnd = text.endOfNumber(at: index, hasDecimalComma: hasDecimalComma) else { return nil }
    if isApart, previous != .number || !text.isSimpleFraction(from: index) { return nil }
    return (.number, numberEnd)
  }

  private func command(at index: Int) -> (Token, Int)? {
    if text[index + 1].isASCIILetter {
      if text.has("\\begin{", at: index) { return text.endOfEnvironment(at: index).map { (.operand, $0) } }
      guard !text.has("\\boxed", at: index) else { return nil }
      return text.commandToken(at: index)
    }
    if text[index + 1] == ASCII.openBrace, let groupEnd = text.endOfGroup(at: index + 1) { return (.operand, groupEnd) }
    let spacing = text.spacingCommandLength(at: index)
    return spacing > 0 ? (previous, index + spacing) : nil
  }

  /// A name of a function, a constant, or unknowns: single letters, or up to three where they touch other tokens.
  private func letters(at index: Int, isApart: Bool) -> (Token, Int)? {
    var wordEnd = index
    while text[wordEnd].isASCIILetter { wordEnd += 1 }
    if text[index..<wordEnd].isMathematicalName {
      return (text[index..<wordEnd].isFunctionName ? .prefix : .operand, wordEnd)
    }
    if isApart { return nil }
    let touches = previous == .number || previous == .infix && text[index - 1] != ASCII.space
    let isFollowed = text.continuesExpression(at: wordEnd)
    if wordEnd - index == 1 { return touches || isFollowed || text.isLoneLetter(at: index) ? (.operand, wordEnd) : nil }
    if wordEnd - index > 3 || text.unitLength(at: index) > 0 { return nil }
    return touches || isFollowed ? (.operand, wordEnd) : nil
  }

  private func group(at index: Int, isApart: Bool) -> (Token, Int)? {
    guard let groupEnd = text.endOfGroup(at: index) else { return nil }
    let inside = text[(index + 1)..<(groupEnd - 1)]
    if inside.hasProse || inside.isBlank { return nil }
    if isApart, !inside.isFactor || inside.hasWord("or", startingAt: 0) { return nil }
    return (.operand, groupEnd)
  }
}
