/// Blanks and invisible characters: the space characters of Unicode, zero-width and direction marks, and the
/// spacing commands of LaTeX.
extension TextBytes {
  /// The length of the blank or invisible character at an index, 0 where none stands.
  func blankLength(at index: Int) -> Int {
    let byte = self[index]
    if byte < 0x80 {
      return byte.isASCIIBlank || (byte == 0 && index >= 0 && index < count) ? 1 : 0
    }
    return unicodeBlankLength(at: index)
  }

  /// U+00A0, U+1680, U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F, U+3000 and U+FEFF.
  private func unicodeBlankLength(at index: Int) -> Int {
    switch (self[index], self[index + 1], self[index + 2]) {
    case (0xC2, 0xA0, _): 2
    case (0xE1, 0x9A, 0x80), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): 3
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xAF): 3
    default: 0
    }
  }

  /// The index after the blanks at an index.
  func skippingBlanks(from start: Int) -> Int {
    var index = start
    while case let length = blankLength(at: index), length > 0 { index += length }
    return index
  }

  /// The index after the spaces and tabs, but not line ends, at an index.
  func skippingSpaces(from start: Int) -> Int {
    var index = start
    while self[index] != ASCII.lineFeed, case let length = blankLength(at: index), length > 0 { index += length }
    return index
  }

  /// The end of what remains before an index when blanks just before it are dropped.
  func droppingBlanks(before end: Int) -> Int {
    var index = end
    while index > 0 {
      if self[index - 1].isASCIIBlank || self[index - 1] == 0 {
        index -= 1
      } else if index >= 3, blankLength(at: index - 3) == 3 {
        index -= 3
      } else if index >= 2, blankLength(at: index - 2) == 2 {
        index -= 2
      } else {
        break
      }
    }
    return index
  }

  /// The length of a spacing command of LaTeX at an index: `\,`, `\;`, `\:`, `\!`, `\ `, `~`, `\quad`, `\qquad`;
  /// 0 where none stands.
  func spacingCommandLength(at index: Int) -> Int {
    if self[index] == UInt8(ascii: "~") { return 1 }
    guard self[index] == ASCII.backslash else { return 0 }
    switch self[index + 1] {
    case ASCII.comma, ASCII.semicolon, ASCII.colon, ASCII.space, UInt8(ascii: "!"): return 2
    default: break
    }
    if has("\\quad", at: index), !self[index + 5].isASCIILetter { return 5 }
    if has("\\qquad", at: index), !self[index + 6].isASCIILetter { return 6 }
    return 0
  }

  /// The index after the blanks and spacing commands at an index.
  func skippingLaTeXBlanks(from start: Int) -> Int {
    var index = start
    while true {
      let length = max(blankLength(at: index), spacingCommandLength(at: index))
      if length == 0 { return index }
      index += length
    }
  }

  /// Whether nothing but blanks and spacing commands stands in the view.
  var isBlank: Bool { skippingLaTeXBlanks(from: 0) >= count }
}
