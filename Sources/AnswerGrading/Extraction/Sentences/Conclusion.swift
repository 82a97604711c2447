/// The answer that the end of a text concludes without announcing it.
extension TextBytes {
  /// The answer in the last sentence that has one; nil where the text breaks off, asks, or gives up.
  /// - Parameter isFinished: whether a token says that the text is complete.
  func concludedAnswer(isFinished: Bool) -> String? {
    if endsInOpenFormula { return nil }
    let sentences = lastSentences()
    for (position, range) in sentences.enumerated().reversed() {
      let sentence = self[range].withoutMarkup()
      if sentence.isCourtesy { continue }
      let answer = SentenceAnswer(sentence)
      if let whole = answer.whole ?? answer.wholeInWords { return whole }
      if sentence.isCutOff || sentence.isQuestionOrSurrender || sentence.isPreparation { return nil }
      let isLast = position == sentences.count - 1
      if isLast, !isFinished, !sentence.isComplete {
        return sentences.count == 1 || sentence.isConclusive ? answer.verbPhraseAtEnd : nil
      }
      if isLast || sentence.isConclusive, let found = answer.emphasized ?? answer.afterVerb ?? answer.lastItem {
        return found
      }
      if sentence.isConclusive, let words = answer.wordsAfterVerb { return words }
    }
    return nil
  }

  /// The view without the marks of a heading, a quotation or a list before it.
  private func withoutMarkup() -> TextBytes {
    var start = 0
    while self[start] == ASCII.hash || self[start] == ASCII.greater || self[start].isASCIIBlank { start += 1 }
    if self[start] == ASCII.minus || self[start] == ASCII.asterisk, self[start + 1] == ASCII.space { start += 2 }
    return self[start..<count]
  }

  /// Whether the last delimiter of LaTeX formulas in the view opens one: the text broke off within it.
  private var endsInOpenFormula: Bool {
    var index = count - 1
    while index > 0, count - index < 4_000 {
      if self[index - 1] == ASCII.backslash, self[index - 2] != ASCII.backslash {
        switch self[index] {
        case ASCII.openBracket, ASCII.openParenthesis: return true
        case ASCII.closeBracket, ASCII.closeParenthesis: return false
        default: break
        }
      }
      index -= 1
    }
    return false
  }

  /// Whether the view opens a group in braces or a formula that it does not close: the text broke off there.
  var isCutOff: Bool {
    var depth = 0
    var index = 0
    while index < count {
      if let formula = formula(at: index) {
        index = formula.end
        continue
      }
      switch self[index] {
      case ASCII.backslash:
        if self[index + 1] == ASCII.openParenthesis || self[index + 1] == ASCII.openBracket { return true }
        index += 1
      case ASCII.dollar:
        if !self[index + 1].isASCIIDigit, self[index + 1].isASCIILetter || self[index + 1] == ASCII.backslash {
          return true
        }
      case ASCII.openBrace: depth += 1
      case ASCII.closeBrace: depth -= 1
      default: break
      }
      index += 1
    }
    return depth > 0
  }

  /// Whether the sentence prepares a computation ("Let x be 3", "Subtract 5 from both sides") rather than ends one.
  private var isPreparation: Bool {
    let start = skippingBlanks(from: 0)
    return wordLength(of: preparations, at: start) > 0
  }

  /// Whether the sentence takes leave of the reader or talks about the solution.
  private var isCourtesy: Bool {
    let start = skippingBlanks(from: 0)
    for opener in courtesies where hasIgnoringCase(opener, at: start) { return true }
    return false
  }

  private var isQuestionOrSurrender: Bool {
    var end = droppingBlanks(before: count)
    while self[end - 1] == ASCII.asterisk { end -= 1 }
    if self[end - 1] == UInt8(ascii: "?") { return true }
    for index in 0..<count where self[index].isASCIILetter && !self[index - 1].isASCIILetter {
      if wordLength(of: surrenders, at: index) > 0 { return true }
    }
    return false
  }

  /// Whether the sentence is finished: it ends in its mark, a formula or emphasis.
  private var isComplete: Bool {
    let end = droppingBlanks(before: count)
    switch self[end - 1] {
    case ASCII.period, UInt8(ascii: "!"), ASCII.dollar, ASCII.asterisk: return true
    case ASCII.closeParenthesis, ASCII.closeBracket: if self[end - 2] == ASCII.backslash { return true }
    default: break
    }
    return has("。", at: end - 3)
  }

  /// Whether the sentence begins with "so", "therefore" or their like.
  private var isConclusive: Bool {
    let start = skippingBlanks(from: 0)
    return wordLength(of: conclusives, at: skippingMarks(from: start)) > 0
  }

  /// Whether nothing but a sentence's end stands from an index on.
  func isClosed(from start: Int) -> Bool {
    var index = skippingMarks(from: skippingBlanks(from: start))
    if self[index] == ASCII.period { index += 1 }
    if has("。", at: index) { index += 3 }
    return skippingBlanks(from: skippingMarks(from: index)) >= count
  }
}

private let courtesies: [StaticString] = [
  "i hope", "let me know", "hope this", "hope it", "feel free", "please", "if you", "thank", "note", "q.e.d", "qed",
  "this completes", "this is the", "good luck", "done", "is there anything",
]

private let preparations: [StaticString] = [
  "let", "first", "suppose", "assume", "consider", "recall", "given", "add", "subtract", "multiply", "divide",
  "substitute", "plug", "solve", "simplify", "use", "take", "set", "write", "next", "now we", "we need", "we know",
  "we can", "we want", "if", "we are given", "to find", "to solve", "to determine", "factor", "note",
]

private let surrenders: [StaticString] = [
  "cannot", "answer is not", "not able", "not sure", "don't know", "do not know", "unable", "can't", "impossible to",
  "unsure",
  "not enough",
  "insufficient",
]

private let conclusives: [StaticString] = [
  "so", "thus", "hence", "therefore", "finally", "consequently", "then", "we get", "we find", "we obtain", "we have",
  "in total", "total", "the result", "the total", "result", "solution", "in conclusion", "this gives", "which gives",
  "it follows", "the solution", "the value", "accordingly", "overall", "altogether", "conclusion",
]
