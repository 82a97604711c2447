/// A box around an answer: `\boxed{7}`, `\boxed 7`, `\fbox{7}`, `\framebox[2cm]{7}`, `\colorbox{yellow}{7}` ...
struct Box {
  /// Where the command begins, its backslash included.
  let start: Int
  /// What is in the box.
  let content: Range<Int>
  /// The index after the box.
  let end: Int
}

/// What stands where a text has the letters `box`.
enum BoxCandidate {
  /// No box: another word, or a command without an argument.
  case none
  /// A box that the text does not close.
  case open
  case closed(Box)
}

extension TextBytes {
  /// What the letters `box` at an index are; a box must close before the limit.
  ///
  /// A JSON or Python string written with one backslash too few turns `\b` into the control character 8, so
  /// `oxed{` behind that character is a box, too, and the index is then the character's.
  func box(atLetters index: Int, limit: Int) -> BoxCandidate {
    guard let command = boxCommand(atLetters: index) else { return .none }
    let visible = self[0..<limit]
    var argument = visible.skippingOptions(from: command.end)
    for _ in 0..<command.skippedArguments {
      guard visible[argument] == ASCII.openBrace else { return .none }
      guard let close = visible.closingBrace(of: argument) else { return .open }
      argument = visible.skippingBlanks(from: close + 1)
    }
    if visible[argument] == ASCII.openBrace {
      guard let close = visible.closingBrace(of: argument) else { return .open }
      return .closed(Box(start: command.start, content: (argument + 1)..<close, end: close + 1))
    }
    guard command.takesBareArgument, let end = visible.endOfBareArgument(at: argument) else { return .none }
    return .closed(Box(start: command.start, content: argument..<end, end: end))
  }

  private struct BoxCommand {
    var start: Int
    var end: Int
    var skippedArguments = 0
    var takesBareArgument = false
  }

  private func boxCommand(atLetters index: Int) -> BoxCommand? {
    if self[index] == 8 {
      return has("oxed", at: index + 1) ? BoxCommand(start: index, end: index + 5, takesBareArgument: true) : nil
    }
    guard hasIgnoringCase("box", at: index) else { return nil }
    if has("ed", at: index + 3) {
      var command = BoxCommand(start: index, end: index + 5)
      command.start = startOfCommand(endingAt: index)
      command.takesBareArgument = self[index - 1] == ASCII.backslash
      return self[command.end].isASCIILetter ? nil : command
    }
    let prefixes: [(name: StaticString, skipped: Int)] = [
      ("\\f", 0), ("\\frame", 0), ("\\b", 0), ("\\color", 1), ("\\fcolor", 2),
    ]
    for prefix in prefixes where has(prefix.name, at: index - prefix.name.utf8CodeUnitCount) {
      let start = index - prefix.name.utf8CodeUnitCount
      return BoxCommand(start: start, end: index + 3, skippedArguments: prefix.skipped)
    }
    return nil
  }

  /// Where a command whose last letters end before an index begins: at its backslashes, or at the index.
  private func startOfCommand(endingAt index: Int) -> Int {
    var start = index
    while index - start < 8, self[start - 1].isASCIILetter { start -= 1 }
    guard self[start - 1] == ASCII.backslash else { return index }
    while index - start < 12, self[start - 1] == ASCII.backslash { start -= 1 }
    return start
  }

  /// The index after blanks and optional arguments (`[5px,border:1px solid]`) at an index.
  private func skippingOptions(from start: Int) -> Int {
    var index = skippingBlanks(from: start)
    while self[index] == ASCII.openBracket, let end = endOfGroup(at: index, within: 80),
      case let next = skippingBlanks(from: end), self[next] == ASCII.openBrace || self[next] == ASCII.openBracket
    {
      index = next
    }
    return index
  }
}
