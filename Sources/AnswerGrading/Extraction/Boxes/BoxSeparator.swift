/// What joins two boxes to one answer.
enum BoxSeparator {
  /// The boxes touch.
  case nothing
  /// Blanks and formula delimiters: no separator.
  case blank
  /// A comma, a semicolon, "and", a wide space, the next row, a list bullet.
  case list
  /// "or".
  case alternative

  /// The separator that a piece of text between two boxes is; nil where it holds anything else.
  init?(of text: TextBytes) {
    if text.isEmpty {
      self = .nothing
      return
    }
    var reader = BoxSeparatorReader(text: text)
    guard reader.readAll() else { return nil }
    self = reader.separator ?? .blank
  }
}

/// Reads the tokens between two boxes.
private struct BoxSeparatorReader {
  let text: TextBytes
  var index = 0
  var separator: BoxSeparator?

  mutating func readAll() -> Bool {
    while index < text.count {
      guard readToken() else { return false }
    }
    return true
  }

  private mutating func readToken() -> Bool {
    if readWord() || readTextCommand() { return true }
    switch text[index] {
    case ASCII.comma, ASCII.semicolon, ASCII.ampersand: return accept(1, as: .list)
    case ASCII.dollar, ASCII.closeBrace: return accept(1, as: nil)
    case ASCII.asterisk where text[index + 1] == ASCII.asterisk: return accept(2, as: nil)
    case ASCII.asterisk, ASCII.minus: return index > 0 && text[index - 1] == ASCII.lineFeed && accept(1, as: .list)
    case ASCII.backslash: return readCommand()
    case let byte where byte.isASCIILetter && separator != nil: return readUnknown()
    default:
      let length = text.blankLength(at: index)
      return length > 0 && accept(length, as: nil)
    }
  }

  private mutating func readWord() -> Bool {
    if text.hasWord("and", at: index) { return accept(3, as: .list) }
    if text.hasWord("or", at: index) { return accept(2, as: .alternative) }
    return false
  }

  /// `\text{ and }`, also with other names of the command.
  private mutating func readTextCommand() -> Bool {
    for name in ["\\text{", "\\mbox{", "\\textrm{", "\\mathrm{", "\\textbf{"] as [StaticString]
    where text.has(name, at: index) {
      index += name.utf8CodeUnitCount
      return true
    }
    return false
  }

  private mutating func readCommand() -> Bool {
    if text.has("\\quad", at: index) || text.has("\\qquad", at: index) {
      return accept(text.spacingCommandLength(at: index), as: .list)
    }
    switch text[index + 1] {
    case ASCII.openParenthesis, ASCII.closeParenthesis, ASCII.openBracket, ASCII.closeBracket:
      return accept(2, as: nil)
    case ASCII.backslash: return accept(2, as: .list)
    default: break
    }
    if text.has("\\lor", at: index) { return accept(4, as: .alternative) }
    let length = text.spacingCommandLength(at: index)
    return length > 0 && accept(length, as: nil)
  }

  /// The name of an unknown and its equals sign, `y =`, `x_2 =`.
  private mutating func readUnknown() -> Bool {
    var end = index + 1
    if text[end] == UInt8(ascii: "_") {
      end += 1
      while text[end].isASCIIDigit { end += 1 }
    }
    end = text.skippingBlanks(from: end)
    guard text[end] == ASCII.equals else { return false }
    index = end + 1
    return true
  }

  private mutating func accept(_ length: Int, as found: BoxSeparator?) -> Bool {
    guard length > 0 else { return false }
    index += length
    if let found, separator != .alternative { separator = found }
    return true
  }
}
