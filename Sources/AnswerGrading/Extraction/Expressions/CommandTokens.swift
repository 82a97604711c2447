/// Commands of LaTeX in an expression.
extension TextBytes {
  /// What the command at an index is for the expression around it, and the index after it and its arguments.
  func commandToken(at start: Int) -> (PlainExpression.Token, Int)? {
    var nameEnd = start + 1
    while self[nameEnd].isASCIILetter { nameEnd += 1 }
    let name = self[(start + 1)..<nameEnd]
    if infixCommands.contains(where: { name.isWord($0) }) { return (.infix, nameEnd) }
    if name.isMathematicalName { return (name.isFunctionName ? .prefix : .operand, nameEnd) }
    let arguments = name.argumentCount
    if arguments == 0 { return endOfCommand(at: start).map { (.operand, $0) } }
    var end = nameEnd
    if self[end] == ASCII.openBracket, let optionEnd = endOfGroup(at: end, within: 40) { end = optionEnd }
    for _ in 0..<arguments {
      guard let argumentEnd = endOfArgument(at: skippingSpaces(from: end), ofRoot: arguments == 1) else { return nil }
      end = argumentEnd
    }
    return (.operand, end)
  }

  /// The index after a group, a command or a single character; after all digits if the argument is a root's.
  private func endOfArgument(at start: Int, ofRoot: Bool) -> Int? {
    switch self[start] {
    case ASCII.openBrace: return closingBrace(of: start).map { $0 + 1 }
    case ASCII.openParenthesis where ofRoot: return endOfGroup(at: start)
    case ASCII.backslash where self[start + 1].isASCIILetter: return endOfCommand(at: start)
    case let byte where byte.isASCIIDigit && ofRoot:
      var end = start
      while self[end].isASCIIDigit { end += 1 }
      return end
    case let byte where byte.isASCIILetterOrDigit: return start + 1
    default: return nil
    }
  }

  private func isWord(_ word: StaticString) -> Bool { count == word.utf8CodeUnitCount && has(word, at: 0) }

  /// How many arguments the command of this name takes, braces or not; 0 where it takes those in braces.
  private var argumentCount: Int {
    for name in ["frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom"] as [StaticString] where isWord(name) { return 2 }
    return isWord("sqrt") ? 1 : 0
  }
}

private let infixCommands: [StaticString] = [
  "pm", "mp", "cdot", "times", "div", "cup", "cap", "in", "notin", "le", "leq", "leqslant", "ge", "geq", "geqslant",
  "lt", "gt", "ne", "neq", "approx", "equiv", "setminus", "mid", "to", "cdots", "ldots", "dots", "pmod", "bmod", "left",
  "right", "big", "Big",
]
