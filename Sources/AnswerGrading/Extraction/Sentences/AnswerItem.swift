/// One answer in a sentence: a formula, or an expression in running text.
struct AnswerItem {
  /// Its cleaned text.
  let text: String
  /// The index after it, with its unit and closing marks.
  let end: Int
  let kind: Kind

  enum Kind {
    case formula, money, number
  }

  var isFormula: Bool { kind == .formula }
}

extension TextBytes {
  /// The answer that begins at an index, behind marks of emphasis, quotes and signs of currency.
  func item(at start: Int, hasDecimalComma: Bool = false) -> AnswerItem? {
    let index = skippingMarks(from: start)
    if let formula = formula(at: index) { return item(of: formula) }
    if self[index] == ASCII.dollar, !self[index + 1].isASCIIDigit { return nil }
    let first = skippingCurrency(from: index)
    return plainItem(at: first, hasDecimalComma: hasDecimalComma, kind: first > index ? .money : .number)
  }

  private func item(of formula: FormulaSpan) -> AnswerItem? {
    guard let text = self[formula.content].reducedFormula().answerText() else { return nil }
    let next = skippingMarks(from: formula.end)
    if let end = percentEnd(at: next), !text.hasSuffix("%") {
      return AnswerItem(text: text + "\\%", end: skippingMarks(from: end), kind: .formula)
    }
    let unit = unitLength(at: skippingSpaces(from: next))
    return AnswerItem(text: text, end: unit > 0 ? skippingSpaces(from: next) + unit : next, kind: .formula)
  }

  private func plainItem(at start: Int, hasDecimalComma: Bool, kind: AnswerItem.Kind) -> AnswerItem? {
    if let end = dateEnd(at: start) {
      return AnswerItem(text: self[start..<end].string, end: skippingMarks(from: end), kind: kind)
    }
    let isDecimalComma = hasDecimalComma || hasPriceWithComma(at: start)
    guard let expressionEnd = PlainExpression.end(in: self, at: start, hasDecimalComma: isDecimalComma) else {
      return nil
    }
    if expressionEnd - start == 1, isWordOfOneLetter(at: start) { return nil }
    guard var text = self[start..<expressionEnd].reducedFormula().answerText() else { return nil }
    if isDecimalComma { text = text.replacing(",", with: ".") }
    text = text.withTimesSign
    var end = expressionEnd
    if let percent = percentEnd(at: end) {
      text = text.hasSuffix("%") ? text : text + "\\%"
      end = percent
    } else if case let unit = unitLength(at: skippingSpaces(from: end)), unit > 0 {
      end = skippingSpaces(from: end) + unit
      text += " " + self[(end - unit)..<end].string
    }
    return AnswerItem(text: text, end: skippingMarks(from: end), kind: kind)
  }

  /// The index after asterisks, quotes, underscores and backticks at an index, spaces among them.
  func skippingMarks(from start: Int) -> Int {
    var index = start
    while index < count {
      switch self[index] {
      case ASCII.asterisk, UInt8(ascii: "\""), UInt8(ascii: "`"): index += 1
      case 0xE2 where has("“", at: index) || has("”", at: index): index += 3
      default: return index
      }
    }
    return index
  }

  private func skippingCurrency(from index: Int) -> Int {
    if self[index] == ASCII.dollar { return index + 1 }
    if has("\\$", at: index) { return index + 2 }
    if has("€", at: index) { return index + 3 }
    return has("£", at: index) ? index + 2 : index
  }

  /// Whether an amount with a decimal comma and a sign of currency behind it stands at an index: `2,74 $`.
  private func hasPriceWithComma(at start: Int) -> Bool {
    var index = start
    while self[index].isASCIIDigit { index += 1 }
    guard index > start, self[index] == ASCII.comma, self[index + 1].isASCIIDigit, self[index + 2].isASCIIDigit,
      !self[index + 3].isASCIIDigit
    else { return false }
    let next = skippingSpaces(from: index + 3)
    return self[next] == ASCII.dollar || has("€", at: next)
  }

  /// The index after a percent sign or word at an index, spaces before it allowed.
  private func percentEnd(at index: Int) -> Int? {
    let next = skippingSpaces(from: index)
    if self[next] == ASCII.percent { return next + 1 }
    if has("\\%", at: next) { return next + 2 }
    let length = wordLength(of: ["percent", "percentage", "pct", "pct."], at: next)
    return length > 0 ? next + length : nil
  }

  /// Whether the letter at an index is the article or pronoun rather than a name.
  private func isWordOfOneLetter(at index: Int) -> Bool {
    switch self[index] {
    case UInt8(ascii: "a"), UInt8(ascii: "I"): true
    default: false
    }
  }
}
