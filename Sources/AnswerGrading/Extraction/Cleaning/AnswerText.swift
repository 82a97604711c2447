/// Turns a piece of a completion into the text of an answer.
extension TextBytes {
  /// The answer that the view is, trimmed and rewritten; nil where nothing remains.
  func answerText() -> String? {
    let view = trimmedAnswer()
    if view.isEmpty { return nil }
    guard view.needsRewriting else { return view.string }
    var rewriter = AnswerRewriter(view)
    return rewriter.rewrite()
  }

  /// Whether the view holds something that an answer's text does not keep.
  private var needsRewriting: Bool {
    var index = 0
    while index < count {
      switch self[index] {
      case 0x80..., 0, 8, ASCII.dollar, ASCII.ampersand, ASCII.lineFeed: return true
      case ASCII.backslash where self[index + 1] == ASCII.backslash: return true
      case ASCII.backslash where self[index + 1] == ASCII.openParenthesis: return true
      case UInt8(ascii: "b") where has("box", at: index): return true
      default: index += 1
      }
    }
    return false
  }
}

/// Rewrites an answer: formula delimiters and boxes inside of it disappear, invisible characters too, other blanks
/// become spaces, and doubled backslashes of a text that was escaped twice become single ones.
private struct AnswerRewriter {
  private let text: TextBytes
  private let isEscaped: Bool
  private let hasEnvironment: Bool
  private var output: [UInt8] = []
  private var index = 0

  init(_ text: TextBytes) {
    self.text = text
    isEscaped = text.isEscapedTwice
    hasEnvironment = text.firstIndex(of: "\\begin{", from: 0) != nil
    output.reserveCapacity(text.count)
  }

  mutating func rewrite() -> String? {
    while index < text.count { rewriteNext() }
    return output.withUnsafeBufferPointer { buffer in
      let view = TextBytes(buffer).trimmedAnswer()
      return view.isEmpty ? nil : view.string
    }
  }

  private mutating func rewriteNext() {
    switch text[index] {
    case ASCII.backslash: rewriteBackslash()
    case ASCII.dollar: replace(1, by: ASCII.space)
    case ASCII.ampersand: rewriteAmpersand()
    case 0, 8, ASCII.lineFeed: replace(1, by: ASCII.space)
    case UInt8(ascii: "b") where text.has("boxed{", at: index) && text[index - 1] != ASCII.backslash: index += 5
    case 0x80...: rewriteUnicode()
    default: keep(1)
    }
  }

  private mutating func rewriteBackslash() {
    if text[index + 1] == ASCII.dollar {
      keep(2)
    } else if text[index + 1] == ASCII.backslash {
      if isEscaped { index += 1 } else { keep(2) }
    } else if text[index + 1] == ASCII.openParenthesis || text[index + 1] == ASCII.closeParenthesis {
      replace(2, by: ASCII.space)
    } else if text.has("\\boxed{}", at: index) {
      index += 8
    } else if text.has("\\boxed", at: index), !text[index + 6].isASCIILetter {
      index += 6
    } else if text.has("\\fbox{", at: index) {
      index += 5
    } else {
      keep(text[index + 1] == ASCII.ampersand ? 2 : 1)
    }
  }

  /// HTML's names for a blank and for the signs of inequality; an alignment mark outside of an environment
  /// disappears; every other `&` separates cells and is kept.
  private mutating func rewriteAmpersand() {
    if text.has("&nbsp;", at: index) { return replace(6, by: ASCII.space) }
    if text.has("&lt;", at: index) { return replace(4, by: ASCII.less) }
    if text.has("&gt;", at: index) { return replace(4, by: ASCII.greater) }
    if hasEnvironment { keep(1) } else { index += 1 }
  }

  /// Zero-width characters and direction marks disappear, other blanks become a space.
  private mutating func rewriteUnicode() {
    let length = text.blankLength(at: index)
    if length == 0 { return keep(1) }
    let isInvisible =
      (text[index] == 0xE2 && text[index + 1] == 0x80 && (0x8B...0x8F).contains(text[index + 2]))
      || (text[index] == 0xE2 && text[index + 1] == 0x80 && (0xAA...0xAE).contains(text[index + 2]))
      || (text[index] == 0xE2 && text[index + 1] == 0x81 && text[index + 2] != 0x9F) || text[index] == 0xEF
    if isInvisible { index += length } else { replace(length, by: ASCII.space) }
  }

  private mutating func keep(_ length: Int) {
    for offset in 0..<length { output.append(text[index + offset]) }
    index += length
  }

  private mutating func replace(_ length: Int, by byte: UInt8) {
    output.append(byte)
    index += length
  }
}

extension TextBytes {
  /// Whether every command of the view has two backslashes, as in a text that was escaped once too often. A row break
  /// before a letter (`\\x`) is told from that by the single backslashes of the matrix around it.
  fileprivate var isEscapedTwice: Bool {
    var commands = 0
    var index = 0
    while let start = firstIndex(of: ASCII.backslash, from: index) {
      index = start
      while self[index] == ASCII.backslash { index += 1 }
      guard self[index].isASCIILetter else { continue }
      if (index - start) % 2 == 1 { return false }
      commands += 1
    }
    return commands > 0
  }
}
