/// The search for the last box that closes and is not empty.
extension TextBytes {
  /// The last box of the view, or the outermost of the boxes around it; nil where there is none.
  ///
  /// The search runs backwards. A box that does not close cannot close within an earlier one either, so the earlier
  /// ones are looked at only up to its beginning, and an empty box is stepped over: the work is linear even where a
  /// text consists of nothing but open or empty boxes.
  func lastBox() -> Box? {
    var limit = count
    var end = count
    var empty = 0..<0
    var emptyCount = 0
    while let letters = lastBoxLetters(before: end) {
      end = letters
      switch box(atLetters: letters, limit: limit) {
      case .none: break
      case .open: limit = letters
      case .closed(let box) where isEmpty(box, apartFrom: empty):
        empty = box.start..<box.end
        emptyCount += 1
        // Boxes around empty boxes are read again from their beginnings: a bound keeps the sum linear.
        if emptyCount > 32 { limit = box.start }
      case .closed(let box): return outermost(around: box)
      }
    }
    return nil
  }

  /// The index of the last `box` (or control character 8 and `ox`) before an index, three bytes a step where the
  /// byte is none of the three.
  private func lastBoxLetters(before end: Int) -> Int? {
    var index = end - 1
    while index >= 0 {
      switch self[index] | 0x20 {
      case UInt8(ascii: "b"), 0x28:
        let isFirst = self[index] != ASCII.openParenthesis
        if isFirst, self[index + 1] | 0x20 == UInt8(ascii: "o"), self[index + 2] | 0x20 == UInt8(ascii: "x") {
          return index
        }
        index -= 3
      case UInt8(ascii: "o"): index -= 1
      case UInt8(ascii: "x"): index -= 2
      default: index -= 3
      }
    }
    return nil
  }

  /// Whether a box holds nothing but a placeholder or, perhaps, a box known to be empty.
  private func isEmpty(_ box: Box, apartFrom empty: Range<Int>) -> Bool {
    guard box.content.lowerBound <= empty.lowerBound, empty.upperBound <= box.content.upperBound, !empty.isEmpty else {
      return self[box.content].isPlaceholder
    }
    return self[box.content.lowerBound..<empty.lowerBound].isBlank
      && self[empty.upperBound..<box.content.upperBound].isBlank
  }

  /// The outermost box around a box, among the few that may enclose it within the same formula.
  private func outermost(around box: Box) -> Box {
    var result = box
    for _ in 0..<4 {
      guard let outer = enclosing(result) else { break }
      result = outer
    }
    return result
  }

  /// The box that encloses another, its beginning at most 256 bytes before and in the same formula.
  private func enclosing(_ box: Box) -> Box? {
    var depth = 0
    var index = box.start - 1
    let first = max(0, box.start - 256)
    while index >= first {
      switch self[index] {
      case ASCII.dollar: return nil
      case ASCII.lineFeed where self[index - 1] == ASCII.lineFeed: return nil
      case ASCII.openParenthesis where self[index - 1] == ASCII.backslash: return nil
      case ASCII.closeBrace: depth += 1
      case ASCII.openBrace where depth > 0: depth -= 1
      case ASCII.openBrace:
        if let outer = boxOpened(at: index, limit: box.end + 4_000), outer.end >= box.end { return outer }
      default: break
      }
      index -= 1
    }
    return nil
  }

  /// The box whose argument opens with the brace at an index and closes before the limit.
  func boxOpened(at brace: Int, limit: Int) -> Box? {
    var end = brace
    while end > 0, self[end - 1].isASCIIBlank { end -= 1 }
    let letters = self[end - 1] == UInt8(ascii: "d") ? end - 5 : end - 3
    guard case .closed(let box) = box(atLetters: letters, limit: min(limit, count)), box.content.lowerBound == brace + 1
    else {
      return nil
    }
    return box
  }
}
