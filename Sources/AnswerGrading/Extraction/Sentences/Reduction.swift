/// Cuts a computation down to its result.
extension TextBytes {
  /// The last row of a computation in rows, and the last side of a chain of equations: `5 + 5 + 1 = 11` is 11,
  /// `x = 5 + 6 = 11` is 11. One equation with an unknown, `x = 11`, is kept, and so is a list of equations.
  func reducedFormula() -> TextBytes {
    let row = lastRow()
    guard let last = row.lastTopLevelEquals(before: row.count), !row.isList else { return row }
    let right = row[(last + 1)..<row.count]
    if right.isBlank { return row }
    let left = row[0..<last]
    let isChain = left.lastTopLevelEquals(before: left.count) != nil
    return isChain || left.isNumeric && right.isNumeric ? right : row
  }

  /// The last row of the layout environment that the view is, else the view; without an alignment mark before it. Rows
  /// that each give an unknown its value are kept together.
  private func lastRow() -> TextBytes {
    let view = trimmedBlanks()
    guard let body = view.layoutBody?.trimmedBlanks() else { return self }
    var start = 0
    while let next = body.firstIndex(of: "\\\\", from: start) { start = next + 2 }
    let row = body[start..<body.count].trimmedBlanks()
    return row[0] == ASCII.ampersand ? row[1..<row.count] : row
  }

  /// The index of the last equals sign before an index that is outside of all groups and part of no other relation.
  private func lastTopLevelEquals(before end: Int) -> Int? {
    var depth = 0
    var result: Int?
    for index in 0..<end {
      switch self[index] {
      case ASCII.openBrace, ASCII.openParenthesis, ASCII.openBracket: depth += 1
      case ASCII.closeBrace, ASCII.closeParenthesis, ASCII.closeBracket: depth -= 1
      case ASCII.equals where depth == 0 && isPlainEquals(at: index): result = index
      default: break
      }
    }
    return result
  }

  private func isPlainEquals(at index: Int) -> Bool {
    if self[index + 1] == ASCII.equals { return false }
    switch self[index - 1] {
    case ASCII.less, ASCII.greater, UInt8(ascii: "!"), ASCII.colon, ASCII.backslash: return false
    default: return true
    }
  }

  /// Whether a comma or semicolon stands outside of all groups, apart from those between digits, or "and" or "or"
  /// anywhere.
  private var isList: Bool {
    if hasWord("and", startingAt: 0) || hasWord("or", startingAt: 0) { return true }
    var depth = 0
    for index in 0..<count {
      switch self[index] {
      case ASCII.openBrace, ASCII.openParenthesis, ASCII.openBracket: depth += 1
      case ASCII.closeBrace, ASCII.closeParenthesis, ASCII.closeBracket: depth -= 1
      case ASCII.comma, ASCII.semicolon:
        let isSpacing = self[index - 1] == ASCII.backslash
        if depth == 0, !isSpacing, !self[index - 1].isASCIIDigit || !self[index + 1].isASCIIDigit { return true }
      default: break
      }
    }
    return false
  }

  /// Whether the view is a computation with numbers only: digits, and no letter outside of commands' names and of text.
  private var isNumeric: Bool {
    var hasDigit = false
    var index = 0
    while index < count {
      if self[index] == ASCII.backslash {
        if has("\\text{", at: index), let close = closingBrace(of: index + 5) {
          index = close + 1
          continue
        }
        index += 1
        while self[index].isASCIILetter { index += 1 }
        continue
      }
      if self[index].isASCIILetter { return false }
      hasDigit = hasDigit || self[index].isASCIIDigit
      index += 1
    }
    return hasDigit
  }
}
