/// The tokens of an expression in running text.
extension TextBytes {
  /// The index after an infix operator at an index. A sign at the beginning of an operand counts as one.
  func infixEnd(at index: Int, isFirst: Bool) -> Int? {
    switch self[index] {
    case ASCII.minus, UInt8(ascii: "+"):
      return self[index + 1].isASCIILetter && self[index - 1].isASCIIDigit && isHyphenated(index) ? nil : index + 1
    case UInt8(ascii: "/"), ASCII.asterisk, UInt8(ascii: "^"), UInt8(ascii: "_"):
      if isFirst || has("**", at: index) && !self[index + 2].isASCIIDigit { return nil }
      return index + (has("**", at: index) ? 2 : 1)
    case ASCII.equals, ASCII.less, ASCII.greater:
      return isFirst && self[index] == ASCII.equals ? nil : index + (self[index + 1] == ASCII.equals ? 2 : 1)
    case UInt8(ascii: "!") where self[index + 1] == ASCII.equals: return index + 2
    case ASCII.colon: return self[index - 1].isASCIIDigit && self[index + 1].isASCIIDigit ? index + 1 : nil
    default: return unicodeOperatorLength(at: index).map { index + $0 }
    }
  }

  /// Whether the letter x between blanks and before a digit stands for a multiplication sign, `3 x 10^8`.
  func isCross(at index: Int) -> Bool {
    self[index] == UInt8(ascii: "x") && self[index - 1] == ASCII.space && self[index + 1] == ASCII.space
      && self[index + 2].isASCIIDigit
  }

  /// Whether a hyphen joins a number to a word, "3-digit".
  private func isHyphenated(_ index: Int) -> Bool {
    self[index] == ASCII.minus && self[index + 1].isASCIILetter && self[index + 2].isASCIILetter
  }

  /// `×`, `·`, `÷`, `±`, U+2212 and the signs of comparison and of sets.
  private func unicodeOperatorLength(at index: Int) -> Int? {
    for symbol in ["×", "·", "÷", "±"] as [StaticString] where has(symbol, at: index) { return 2 }
    for symbol in ["−", "≤", "≥", "≠", "≈", "∈", "∪", "∩", "⋅", "∓"] as [StaticString] where has(symbol, at: index) {
      return 3
    }
    return nil
  }

  /// The index after `%`, `\%`, `°`, `!`, a prime or a superscript at an index.
  func postfixEnd(at index: Int) -> Int? {
    switch self[index] {
    case ASCII.percent, UInt8(ascii: "'"): return index + 1
    case UInt8(ascii: "!"): return self[index - 1].isASCIIBlank ? nil : index + 1
    case ASCII.backslash where self[index + 1] == ASCII.percent: return index + 2
    case 0xC2 where has("°", at: index) || has("²", at: index) || has("³", at: index) || has("¹", at: index):
      return index + 2
    case 0xE2 where self[index + 1] == 0x81 && (0xB0...0xBF).contains(self[index + 2]): return index + 3
    default: return nil
    }
  }

  /// The length of a symbol that is an operand or begins one: `π`, `∞`, `√`, vulgar fractions, sets.
  func mathSymbolLength(at index: Int) -> Int? {
    guard self[index] >= 0x80 else { return nil }
    for symbol in ["π", "θ", "α", "β", "φ", "½", "¼", "¾"] as [StaticString] where has(symbol, at: index) { return 2 }
    for symbol in ["∞", "√", "∅", "ℝ", "ℤ", "ℕ", "⅓", "⅔", "⅛"] as [StaticString] where has(symbol, at: index) {
      return 3
    }
    return nil
  }

  /// Whether an expression goes on at an index: behind spaces stands an operator, or a parenthesis without them.
  func continuesExpression(at index: Int) -> Bool {
    if self[index] == ASCII.openParenthesis { return true }
    if self[index] == ASCII.minus, self[index + 1].isASCIILetter, self[index + 2].isASCIILetter { return false }
    let next = skippingSpaces(from: index)
    switch self[next] {
    case UInt8(ascii: "+"), ASCII.equals, ASCII.less, ASCII.greater, UInt8(ascii: "^"), UInt8(ascii: "_"),
      UInt8(ascii: "/"):
      return true
    case ASCII.minus: return !self[next + 1].isASCIIBlank || self[skippingSpaces(from: next + 1)].isASCIIDigit
    default: return unicodeOperatorLength(at: next) != nil
    }
  }

  /// Whether a single letter stands for a choice or an unknown, not for a word: alone at the end of a clause, or, a
  /// capital other than A and I, before a word. "A" counts before "because" and its like.
  func isLoneLetter(at index: Int) -> Bool {
    if self[index - 1] == UInt8(ascii: "'") { return false }
    let next = skippingSpaces(from: index + 1)
    if next == index + 1 { return !self[next].isASCIILetterOrDigit && self[next] != UInt8(ascii: "'") }
    if next >= count || !self[next].isASCIILetterOrDigit { return true }
    if wordLength(of: ["because", "since", "as", "and", "or", "is", "with", "for"], at: next) > 0 { return true }
    return self[index].isASCIICapital && self[index] != UInt8(ascii: "A") && self[index] != UInt8(ascii: "I")
  }

  /// Whether the view, the inside of a group apart from the factor before it, may be a factor itself: it has an
  /// operator, or no digit follows.
  var isFactor: Bool {
    for index in 0..<count {
      switch self[index] {
      case UInt8(ascii: "+"), ASCII.minus, UInt8(ascii: "/"), UInt8(ascii: "^"), ASCII.asterisk: return true
      default: break
      }
    }
    return false
  }
}
