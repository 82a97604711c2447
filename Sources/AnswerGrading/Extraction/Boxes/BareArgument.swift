/// The argument of a box without braces: `\boxed7`, `\boxed -12`, `\boxed\frac{1}{2}`, `\boxed(3,4)`, `\boxed$5$`.
extension TextBytes {
  /// The index after the argument at an index; nil where none begins there.
  ///
  /// TeX takes one digit only; whoever writes `\boxed 12` means the number.
  func endOfBareArgument(at start: Int) -> Int? {
    var index = start
    if self[index] == ASCII.minus || self[index] == UInt8(ascii: "+") { index += 1 }
    switch self[index] {
    case ASCII.backslash where self[index + 1].isASCIILetter: return endOfCommand(at: index)
    case ASCII.openParenthesis, ASCII.openBracket: return endOfGroup(at: index)
    case ASCII.dollar: return firstIndex(of: ASCII.dollar, from: index + 1).map { $0 + 1 }
    case let byte where byte.isASCIIDigit: return endOfDigits(at: index)
    case let byte where byte.isASCIILetter && !self[index + 1].isASCIILetter: return index + 1
    default: return nil
    }
  }

  /// The index after a command and the groups in braces that follow it directly.
  func endOfCommand(at start: Int) -> Int? {
    var index = start + 1
    while self[index].isASCIILetter { index += 1 }
    if self[index] == ASCII.openBracket, let end = endOfGroup(at: index, within: 40), self[end] == ASCII.openBrace {
      index = end
    }
    while self[index] == ASCII.openBrace {
      guard let close = closingBrace(of: index) else { return nil }
      index = close + 1
    }
    return index
  }

  /// The index after the environment that begins at an index, `\begin{pmatrix} ... \end{pmatrix}`, others of the same
  /// name within it skipped.
  func endOfEnvironment(at start: Int) -> Int? {
    guard let nameEnd = closingBrace(of: start + 6) else { return nil }
    let name = (start + 7)..<nameEnd
    var depth = 1
    var index = nameEnd
    while let backslash = firstIndex(of: ASCII.backslash, from: index), backslash - start < 4_000 {
      index = backslash + 1
      if has("\\begin{", at: backslash), sameBytes(name, (backslash + 7)..<(backslash + 7 + name.count)) { depth += 1 }
      if has("\\end{", at: backslash), sameBytes(name, (backslash + 5)..<(backslash + 5 + name.count)) { depth -= 1 }
      if depth == 0 { return backslash + name.count + 6 }
    }
    return nil
  }

  /// The index after digits with decimal points and commas between them.
  private func endOfDigits(at start: Int) -> Int {
    var index = start
    while self[index].isASCIIDigit
      || ((self[index] == ASCII.period || self[index] == ASCII.comma) && self[index + 1].isASCIIDigit)
    {
      index += 1
    }
    return index
  }
}
