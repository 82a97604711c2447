/// Pairs of braces, parentheses and brackets.
extension TextBytes {
  /// The index of the brace that closes the one at an index, escaped braces (`\{`) not counted; nil where the text
  /// ends first.
  func closingBrace(of open: Int) -> Int? {
    var depth = 0
    var index = open
    while index < count {
      switch self[index] {
      case ASCII.backslash: index += 1
      case ASCII.openBrace: depth += 1
      case ASCII.closeBrace:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The index of the brace that opens the one closed at an index, looking back no further than a number of bytes.
  func openingBrace(of close: Int, within limit: Int) -> Int? {
    var depth = 0
    var index = close
    while index >= 0, close - index <= limit {
      if self[index] == ASCII.closeBrace, !isEscaped(index) { depth += 1 }
      if self[index] == ASCII.openBrace, !isEscaped(index) {
        depth -= 1
        if depth == 0 { return index }
      }
      index -= 1
    }
    return nil
  }

  /// Whether the byte at an index follows an odd number of backslashes. More than eight are not looked at.
  func isEscaped(_ index: Int) -> Bool {
    var backslashes = 0
    while backslashes < 8, self[index - 1 - backslashes] == ASCII.backslash { backslashes += 1 }
    return backslashes % 2 == 1
  }

  /// The index after the group that opens at an index with `(`, `[` or `{`, whatever bracket closes it (a half-open
  /// interval has two kinds); nil where it does not close within a number of bytes.
  func endOfGroup(at open: Int, within limit: Int = 400) -> Int? {
    var depth = 0
    var index = open
    while index < count, index - open <= limit {
      switch self[index] {
      case ASCII.openParenthesis, ASCII.openBracket, ASCII.openBrace: depth += 1
      case ASCII.closeParenthesis, ASCII.closeBracket, ASCII.closeBrace:
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }
}
