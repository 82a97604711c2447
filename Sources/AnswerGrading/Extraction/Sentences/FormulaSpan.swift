/// A formula in running text, between dollars or LaTeX's delimiters.
struct FormulaSpan {
  /// What is between the delimiters.
  let content: Range<Int>
  /// The index after the closing delimiter.
  let end: Int
}

extension TextBytes {
  /// The formula that begins at an index; nil where none begins or where it does not end within its paragraph and a
  /// number of bytes. A
  /// dollar sign before an amount of money begins none.
  func formula(at index: Int) -> FormulaSpan? {
    if self[index] == ASCII.dollar {
      if isEscaped(index) { return nil }
      return self[index + 1] == ASCII.dollar ? displayInDollars(at: index) : formulaInDollars(at: index)
    }
    guard self[index] == ASCII.backslash else { return nil }
    switch self[index + 1] {
    case ASCII.openParenthesis: return formula(from: index + 2, closedBy: ASCII.closeParenthesis)
    case ASCII.openBracket: return formula(from: index + 2, closedBy: ASCII.closeBracket)
    case UInt8(ascii: "b"): return displayEnvironment(at: index)
    default: return nil
    }
  }

  /// An environment that is a displayed formula by itself, which is then the content too.
  private func displayEnvironment(at index: Int) -> FormulaSpan? {
    let names: [StaticString] = ["align", "equation", "gather", "eqnarray", "displaymath", "multline"]
    guard has("\\begin{", at: index), names.contains(where: { has($0, at: index + 7) }), !has("ed", at: index + 12),
      let end = endOfEnvironment(at: index)
    else { return nil }
    return FormulaSpan(content: index..<end, end: end)
  }

  private func displayInDollars(at index: Int) -> FormulaSpan? {
    guard let close = self[0..<(index + longestFormula)].firstIndex(of: "$$", from: index + 2) else { return nil }
    return FormulaSpan(content: (index + 2)..<close, end: close + 2)
  }

  private func formulaInDollars(at index: Int) -> FormulaSpan? {
    var close = index + 1
    let limit = min(count, index + longestFormula)
    while close < limit, self[close] != ASCII.dollar || isEscaped(close) {
      if self[close] == ASCII.lineFeed, self[close + 1] == ASCII.lineFeed { return nil }
      close += 1
    }
    let content = (index + 1)..<close
    guard close < limit, !self[content].isBlank, !isMoney(at: index, content) else { return nil }
    return FormulaSpan(content: content, end: close + 1)
  }

  /// `\)` or `\]`, in a text escaped twice with two backslashes.
  private func formula(from start: Int, closedBy delimiter: UInt8) -> FormulaSpan? {
    var index = start
    while let backslash = firstIndex(of: ASCII.backslash, from: index), backslash - start < longestFormula {
      if self[backslash + 1] == delimiter {
        return FormulaSpan(content: start..<backslash, end: backslash + 2)
      }
      index = backslash + 2
    }
    return nil
  }

  /// Whether a dollar sign followed by a number means money, and the next dollar sign closes no formula: words
  /// stand between the two, or an operator right before the second.
  private func isMoney(at index: Int, _ content: Range<Int>) -> Bool {
    guard self[index + 1].isASCIIDigit else { return false }
    let inside = self[content]
    if inside.firstIndex(of: "\\text", from: 0) != nil || inside.firstIndex(of: "\\mathrm", from: 0) != nil {
      return false
    }
    let trimmed = inside[0..<inside.droppingBlanks(before: inside.count)]
    if trimmed.count < inside.count {
      for word in [" or", " to", " and"] as [StaticString] where trimmed.hasSuffix(word) { return true }
    }
    if inside.hasProse { return true }
    switch trimmed[trimmed.count - 1] {
    case UInt8(ascii: "+"), ASCII.minus, ASCII.equals, ASCII.asterisk, UInt8(ascii: "/"): return true
    case ASCII.comma, ASCII.openParenthesis: return true
    case ASCII.period: return trimmed.count < inside.count
    default: return false
    }
  }
}

/// A longer formula is read as text. The bound keeps the work small where many formulas are opened and none closed.
private let longestFormula = 2_000
