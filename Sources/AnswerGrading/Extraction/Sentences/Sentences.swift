/// The sentences at the end of a text.
extension TextBytes {
  /// The index after the sentence that goes on at an index: behind its period, or at the end of its line. Formulas
  /// are skipped, and a line that ends in a colon goes on in the next.
  func endOfSentence(from start: Int) -> Int {
    var index = skippingBlanks(from: start)
    while index < count {
      if let formula = formula(at: index) {
        index = formula.end
        if endsSentence(formula) { return index }
      } else if self[index] == ASCII.lineFeed, !continuesLine(before: index) {
        return index
      } else if isSentenceEnd(at: index) {
        return index + 1
      } else if has("。", at: index) {
        return index + 3
      } else {
        index += 1
      }
    }
    return count
  }

  /// Whether a sentence ends with a formula: the formula ends in the sentence's period and a capital follows, or, the
  /// period forgotten, a capitalised word that begins sentences.
  private func endsSentence(_ formula: FormulaSpan) -> Bool {
    let next = skippingBlanks(from: formula.end)
    guard next > formula.end, self[next].isASCIICapital else { return false }
    return self[formula.content.upperBound - 1] == ASCII.period || wordLength(of: sentenceOpeners, at: next) > 0
  }

  /// Whether the line before a line feed ends in a colon or equals sign, so that what it announces follows.
  private func continuesLine(before index: Int) -> Bool {
    var end = droppingBlanks(before: index)
    while self[end - 1] == ASCII.asterisk { end -= 1 }
    return self[end - 1] == ASCII.colon || self[end - 1] == ASCII.equals
  }

  /// Whether a period, exclamation or question mark at an index ends a sentence: a blank, a closing mark or the end
  /// follows, and it is not the period of a list's number.
  private func isSentenceEnd(at index: Int) -> Bool {
    switch self[index] {
    case ASCII.period, UInt8(ascii: "!"), UInt8(ascii: "?"): break
    default: return false
    }
    var next = index + 1
    while self[next] == ASCII.asterisk || self[next] == UInt8(ascii: "\"") || self[next] == ASCII.closeParenthesis {
      next += 1
    }
    guard next >= count || blankLength(at: next) > 0 else { return false }
    return !isListNumber(periodAt: index)
  }

  private func isListNumber(periodAt index: Int) -> Bool {
    var start = index
    while self[start - 1].isASCIIDigit { start -= 1 }
    guard self[index] == ASCII.period, index - start <= 2, index > start, index + 1 < count else { return false }
    return start == 0 || self[start - 1] == ASCII.lineFeed
  }

  /// The ranges of the last sentences, at most three, in the order of the text. No more than two paragraphs and 4,000
  /// bytes are looked at.
  func lastSentences() -> [Range<Int>] {
    let end = droppingBlanks(before: count)
    var index = startOfLastParagraphs(before: end)
    var result: [Range<Int>] = []
    while index < end {
      let start = skippingBlanks(from: index)
      let next = max(min(endOfSentence(from: start), end), start + 1)
      if !self[start..<next].isRule, !self[start..<next].isEmptyBox { result.append(start..<next) }
      if result.count > 3 { result.removeFirst() }
      index = next
    }
    return result
  }

  private func startOfLastParagraphs(before end: Int) -> Int {
    var breaks = 0
    var index = end
    while index > 0, end - index < 4_000 {
      if self[index] == ASCII.lineFeed, self[index - 1] == ASCII.lineFeed, self[index + 1] != ASCII.lineFeed {
        breaks += 1
        if breaks == 2 { return index }
      }
      index -= 1
    }
    return index
  }

  /// Whether the view is a box without content, perhaps between dollars.
  private var isEmptyBox: Bool {
    let view = trimmedAnswer()
    return view.has("\\boxed", at: 0) && view[6..<view.count].trimmedAnswer().isPlaceholder
  }

  /// Whether the view is a horizontal rule or nothing but marks.
  private var isRule: Bool {
    for index in 0..<count {
      switch self[index] {
      case ASCII.minus, ASCII.asterisk, ASCII.equals, UInt8(ascii: "_"), ASCII.hash: break
      default: if blankLength(at: index) == 0 { return false }
      }
    }
    return true
  }
}

private let sentenceOpeners: [StaticString] = [
  "so", "now", "thus", "therefore", "hence", "then", "finally", "next", "since", "let", "substitute", "final", "we",
]
