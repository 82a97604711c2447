/// A formula in running text without delimiters around it: `The answer is (0,9) \cup (9,36)`, `Answer: y = 3 x - 4`.
extension SentenceAnswer {
  /// What is left of the sentence from an index on, if that is one formula: a command of LaTeX or a sign of operation or
  /// relation is in it, and no word of the language outside of text commands.
  func bareFormula(from start: Int) -> String? {
    let rest = text[start..<text.count]
    guard rest.hasSign, !rest.hasDelimiter, !rest.hasLanguage, !rest.endsInOperator else { return nil }
    if hasDecimalComma, rest.firstIndex(of: ASCII.backslash, from: 0) == nil { return nil }
    return rest.reducedFormula().answerText().map(\.withTimesSign)
  }
}

extension String {
  /// The text with the letter x between blanks and before a power of ten turned into a sign of multiplication.
  var withTimesSign: String {
    utf8.contains(UInt8(ascii: "x")) ? replacing(" x 10", with: " \\times 10") : self
  }
}

extension TextBytes {
  /// Whether the view has a command or a sign that only formulas have.
  fileprivate var hasSign: Bool {
    for index in 0..<count {
      switch self[index] {
      case ASCII.backslash: return !has("\\boxed", at: index)
      case ASCII.equals, ASCII.less, ASCII.greater, UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "+"),
        UInt8(ascii: "/"):
        return true
      case ASCII.colon: if index > 0, self[droppingBlanks(before: index) - 1].isASCIIDigit { return true }
      default: break
      }
    }
    return false
  }

  /// Whether the view ends in a sign that needs something behind it.
  fileprivate var endsInOperator: Bool {
    switch self[droppingBlanks(before: count) - 1] {
    case UInt8(ascii: "+"), ASCII.minus, ASCII.equals, ASCII.asterisk, UInt8(ascii: "/"), UInt8(ascii: "^"),
      ASCII.less, ASCII.greater:
      return true
    default: return hasSuffix("\\times") || hasSuffix("\\cdot")
    }
  }

  fileprivate var hasDelimiter: Bool {
    for index in 0..<count {
      switch self[index] {
      case ASCII.dollar: if self[index - 1] != ASCII.backslash { return true }
      case ASCII.backslash:
        if self[index + 1] == ASCII.openParenthesis || self[index + 1] == ASCII.openBracket { return true }
      case ASCII.asterisk: if self[index + 1] == ASCII.asterisk { return true }
      default: break
      }
    }
    return false
  }

  /// Whether a word of the language stands in the view: three letters or one of the common words of two, outside of
  /// commands and their text; "and" and "or" join answers and do not count,
  /// nor do capitals, which name things.
  fileprivate var hasLanguage: Bool {
    var index = 0
    while index < count {
      if self[index] == ASCII.backslash {
        index = endOfNameAndText(at: index)
        continue
      }
      let start = index
      while self[index].isASCIILetter { index += 1 }
      if isLanguage(start..<index) { return true }
      index = max(index, start + 1)
    }
    return false
  }

  private func isLanguage(_ word: Range<Int>) -> Bool {
    if hasWord("or", at: word.lowerBound) { return self[word.lowerBound - 1] == ASCII.openParenthesis }
    if word.count < 2 || self[word].isMathematicalName || hasWord("and", at: word.lowerBound) { return false }
    if word.count <= 4, self[word].bytes.allSatisfy(\.isASCIICapital) { return false }
    if word.count == 2 { return wordLength(of: shortWords, at: word.lowerBound) > 0 }
    return unitLength(at: word.lowerBound) == 0
  }

  /// The index after the name of a command, and after its argument where that is text or the name of an environment.
  private func endOfNameAndText(at backslash: Int) -> Int {
    var end = backslash + 1
    while self[end].isASCIILetter { end += 1 }
    let isText = has("\\text", at: backslash) || has("\\math", at: backslash) || has("\\mbox", at: backslash)
    let isOther = has("\\begin", at: backslash) || has("\\end", at: backslash) || has("\\operator", at: backslash)
    if isText || isOther, self[end] == ASCII.openBrace, let close = closingBrace(of: end) { return close + 1 }
    return max(end, backslash + 2)
  }
}

private let shortWords: [StaticString] = [
  "is", "it", "in", "of", "to", "by", "as", "at", "an", "we", "he", "so", "if", "no", "on", "be", "do", "up", "my",
]
