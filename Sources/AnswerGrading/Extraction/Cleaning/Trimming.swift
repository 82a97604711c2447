/// Takes off what surrounds an answer and does not belong to it.
extension TextBytes {
  /// The view without blanks, formula delimiters, emphasis, quotes, enclosing braces and a final period around it.
  func trimmedAnswer() -> TextBytes {
    var view = self
    // Every round takes at least one byte off, and no answer is wrapped that often.
    for _ in 0..<12 {
      let length = view.count
      view = view.trimmedBlanks().trimmedPunctuation().trimmedDelimiters().trimmedEnvironment()
      if view.count == length { break }
    }
    return view
  }

  /// The view without blanks and spacing commands at both ends.
  func trimmedBlanks() -> TextBytes {
    let start = skippingLaTeXBlanks(from: 0)
    var end = count
    while end > start {
      let shorter = droppingBlanks(before: end)
      if shorter > start, shorter >= 2, isEscapedSpacing(endingAt: shorter) {
        end = shorter - 2
      } else if self[shorter - 1] == UInt8(ascii: "~") {
        end = shorter - 1
      } else if shorter - start > 5, has("\\quad", at: shorter - 5) {
        end = shorter - 5
      } else {
        end = shorter
        break
      }
    }
    return self[start..<max(start, end)]
  }

  /// Whether a two-byte spacing command or a row break (`\,`, `\\`) ends at an index.
  private func isEscapedSpacing(endingAt end: Int) -> Bool {
    switch self[end - 1] {
    case ASCII.comma, ASCII.semicolon, ASCII.colon, UInt8(ascii: "!"), ASCII.backslash: isEscaped(end - 1)
    default: false
    }
  }

  /// The view without a colon or equals sign before it and without a sentence's punctuation after it.
  private func trimmedPunctuation() -> TextBytes {
    var start = 0
    var end = count
    if self[0] == ASCII.colon || self[0] == ASCII.equals { start = 1 }
    if has("：", at: 0) { start = 3 }
    switch self[end - 1] {
    case ASCII.period where !isPartOfAnswer(periodAt: end - 1): end -= 1
    case ASCII.comma, ASCII.semicolon, ASCII.colon: end -= 1
    default:
      for mark in fullWidthMarks where has(mark, at: end - 3) { end -= 3 }
    }
    return self[start..<max(start, end)]
  }

  /// Whether a final period belongs to an ellipsis or to an abbreviation such as "p.m.".
  private func isPartOfAnswer(periodAt index: Int) -> Bool {
    if self[index - 1] == ASCII.period { return self[index - 2] == ASCII.period }
    return self[index - 1].isASCIILetter && self[index - 2] == ASCII.period
  }

  /// The view without one pair of delimiters around it, or without one that has lost its partner.
  private func trimmedDelimiters() -> TextBytes {
    switch self[0] {
    case ASCII.dollar where !has("$$", at: 0) || count > 2: return trimmedDollars()
    case ASCII.backslash:
      if has("\\(", at: 0) || has("\\[", at: 0) { return self[2..<(endsWithFormula ? count - 2 : count)] }
    case ASCII.asterisk where self[1] == ASCII.asterisk: return self[2..<(hasSuffix("**") ? count - 2 : count)]
    case ASCII.openBrace where isOneGroup && !hasTopLevelComma: return self[1..<(count - 1)]
    case UInt8(ascii: "`"), UInt8(ascii: "\""), ASCII.asterisk, UInt8(ascii: "_"):
      if count > 1, self[count - 1] == self[0] { return self[1..<(count - 1)] }
      if self[0] != UInt8(ascii: "_") { return self[1..<count] }
    default: break
    }
    if has("“", at: 0) { return self[3..<(hasSuffix("”") ? count - 3 : count)] }
    return trimmedLoneSuffix()
  }

  private func trimmedDollars() -> TextBytes {
    let opening = self[1] == ASCII.dollar ? 2 : 1
    var end = count
    while end > opening, count - end < opening, self[end - 1] == ASCII.dollar, !isEscaped(end - 1) { end -= 1 }
    return self[opening..<end]
  }

  /// The view without a closing delimiter whose opening one is not in it.
  private func trimmedLoneSuffix() -> TextBytes {
    if count > 1, endsWithFormula { return self[0..<(count - 2)] }
    if hasSuffix("**") { return self[0..<(count - 2)] }
    let last = self[count - 1]
    if last == ASCII.dollar, !isEscaped(count - 1), firstIndex(of: ASCII.dollar, from: 0) == count - 1 {
      return self[0..<(count - 1)]
    }
    if last == UInt8(ascii: "\"") || last == UInt8(ascii: "`") { return self[0..<(count - 1)] }
    return self
  }

  private var endsWithFormula: Bool { hasSuffix("\\)") || hasSuffix("\\]") }

  func hasSuffix(_ word: StaticString) -> Bool { has(word, at: count - word.utf8CodeUnitCount) }

  /// Whether the whole view is one group in braces.
  private var isOneGroup: Bool { count > 2 && closingBrace(of: 0) == count - 1 }

  private var hasTopLevelComma: Bool {
    var depth = 0
    for index in 0..<count {
      switch self[index] {
      case ASCII.openBrace, ASCII.openParenthesis, ASCII.openBracket: depth += 1
      case ASCII.closeBrace, ASCII.closeParenthesis, ASCII.closeBracket: depth -= 1
      case ASCII.comma, ASCII.semicolon: if depth == 1 { return true }
      default: break
      }
    }
    return false
  }
}

/// What ends an answer's sentence or part of it, in full width: three bytes each.
private let fullWidthMarks: [StaticString] = ["。", "，", "；", "．"]
