/// Finds the answer within one sentence.
struct SentenceAnswer {
  let text: TextBytes
  let hasDecimalComma: Bool

  init(_ text: TextBytes, hasDecimalComma: Bool = false) {
    self.text = text
    self.hasDecimalComma = hasDecimalComma
  }

  /// The answers that the sentence consists of, if it consists of nothing else.
  var whole: String? {
    let start = skippingFillers(from: 0)
    if let formula = bareFormula(from: start) { return formula }
    guard let list = list(at: start) else { return nil }
    return text.isClosed(from: list.end) ? list.text : nil
  }

  /// What the sentence begins with if that is an answer, else what follows its last verb of being.
  var conclusion: String? {
    let start = skippingFillers(from: 0)
    if let formula = bareFormula(from: start) { return formula }
    if let list = list(at: start), !isSubject(endingAt: list.end) { return list.text }
    return emphasized ?? afterVerb
  }

  /// What follows the last verb (is, are, equals, gives, costs ...) or colon that an answer follows; what follows the
  /// last equals sign only where no verb has an answer.
  var afterVerb: String? {
    var result: String?
    var afterSign: String?
    scan { index in
      let length = verbLength(at: index)
      guard length > 0, let list = list(at: skippingFillers(from: index + length)) else { return nil }
      if text[index] == ASCII.equals { afterSign = list.text } else { result = list.text }
      return list.end
    }
    return result ?? afterSign
  }

  /// The first answer in the sentence, whatever stands before it.
  var firstItem: String? {
    var result: String?
    scan { index in
      guard result == nil, startsItem(at: index), let list = list(at: index) else { return nil }
      result = list.text
      return text.count
    }
    return result
  }

  /// The last formula with a digit in the sentence, else its last amount of money, else its last number, else its last
  /// formula. A number that tells a circumstance ("in 4 weeks", "over the next 4 weeks") counts only if no other does.
  var lastItem: String? {
    var last: [AnswerItem.Kind: String] = [:]
    var formulaWithDigit: String?
    scan { index in
      guard startsItem(at: index), let list = list(at: index) else { return nil }
      if list.kind != .number || last[.number] == nil || !isCircumstance(at: index) { last[list.kind] = list.text }
      if list.kind == .formula, list.text.utf8.contains(where: \.isASCIIDigit) { formulaWithDigit = list.text }
      return list.end
    }
    return formulaWithDigit ?? last[.money] ?? last[.number] ?? last[.formula]
  }

  func list(at index: Int) -> AnswerList? {
    AnswerList(in: text, at: index, hasDecimalComma: hasDecimalComma)
  }

  /// Calls a function at every place where a word, a number or a formula begins; the function returns where to go on
  /// if it has read something. Formulas and asides in parentheses are skipped.
  private func scan(_ visit: (Int) -> Int?) {
    var index = 0
    while index < text.count {
      if isWordStart(index), let next = visit(index), next > index {
        index = next
      } else if let formula = text.formula(at: index) {
        index = formula.end
      } else if text[index] == ASCII.openParenthesis, let end = text.endOfGroup(at: index),
        text[(index + 1)..<(end - 1)].hasProse
      {
        index = end
      } else {
        index += 1
      }
    }
  }

  private func isWordStart(_ index: Int) -> Bool {
    let before = text[index - 1]
    return !before.isASCIILetterOrDigit || !text[index].isASCIILetterOrDigit
  }

  /// Whether an answer may begin at an index in the middle of a sentence: a formula, a number, a group, a sign of
  /// currency or emphasis; a letter only if it is a capital alone.
  private func startsItem(at index: Int) -> Bool {
    let byte = text[index]
    if byte.isASCIILetter { return byte.isASCIICapital && text.isLoneLetter(at: index) || isFunction(at: index) }
    if byte.isASCIIDigit { return text[index - 1] != ASCII.minus || text[index - 2].isASCIIBlank || index < 2 }
    switch byte {
    case ASCII.dollar, ASCII.backslash, ASCII.openParenthesis, ASCII.openBracket, ASCII.openBrace: return true
    case ASCII.minus: return text[index + 1].isASCIIDigit && !text[index - 1].isASCIILetterOrDigit
    case ASCII.asterisk: return text[index + 1] == ASCII.asterisk
    case ASCII.period: return text[index + 1].isASCIIDigit
    default: return byte >= 0x80 && text.mathSymbolLength(at: index) != nil
    }
  }

  private func isFunction(at index: Int) -> Bool {
    var end = index
    while text[end].isASCIILetter { end += 1 }
    return text[index..<end].isMathematicalName && text[end] == ASCII.openParenthesis
  }

  /// Whether what ends at an index is the subject of a sentence that goes on with a verb: "x is 5", "$n$ = 34".
  private func isSubject(endingAt end: Int) -> Bool {
    let next = text.skippingSpaces(from: end)
    return text.wordLength(of: ["is", "are", "equals"], at: next) > 0 || text[next] == ASCII.equals
  }
}

extension SentenceAnswer {
  /// What follows the last verb, if nothing else follows it.
  var afterVerbToEnd: String? { lastToEnd { text[$0] != ASCII.equals } }

  /// What follows the last verb, or the equals sign behind an unknown, if nothing else follows it.
  var verbPhraseAtEnd: String? {
    lastToEnd { text[$0] != ASCII.equals || text.unknown(before: $0 + 1) != nil }
  }

  private func lastToEnd(where isAccepted: (Int) -> Bool) -> String? {
    var result: String?
    var index = 0
    while index < text.count {
      let isVerb = (!text[index].isASCIILetter || !text[index - 1].isASCIILetterOrDigit) && isAccepted(index)
      let length = isVerb ? verbLength(at: index) : 0
      if length > 0, let list = list(at: skippingFillers(from: index + length)), text.isClosed(from: list.end) {
        result = list.text
      }
      index += max(length, 1)
    }
    return result
  }
}
