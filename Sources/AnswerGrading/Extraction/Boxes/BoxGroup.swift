/// Several boxes at the end that together are the answer: `\boxed{-2} \quad \text{and} \quad \boxed{1}`.
struct BoxGroup {
  /// The boxes in the order of the text, at least one.
  private(set) var boxes: [Box]

  /// The last box of a text, with those before it that belong to the same answer.
  ///
  /// Two boxes belong together when nothing but a separator stands between them (comma, semicolon, "and", "or", a
  /// wide space, a list bullet; perhaps the name of the unknown, `, y =`), or nothing at all. Mere blanks are no
  /// separator, and boxes of the same content are one answer repeated: a pair joined by more than "or" excepted,
  /// as in "15 chickens and 15 rabbits".
  init(endingWith last: Box, in text: TextBytes) {
    boxes = [last]
    var isAlternative = false
    var isRepeated = true
    while boxes.count < BoxGroup.limit, let next = boxes.last, let (box, separator) = text.boxJoined(before: next) {
      let isSame = text.sameBytes(box.content, next.content)
      if separator == .nothing, isSame {
        boxes = [last]
        return
      }
      isAlternative = isAlternative || separator == .alternative
      isRepeated = isRepeated && isSame
      boxes.append(box)
    }
    if isRepeated, isAlternative || boxes.count > 2 { boxes = [last] }
    boxes.reverse()
  }

  /// More boxes than this are not taken together.
  private static let limit = 1_000
}

extension TextBytes {
  /// The box before another that a separator joins to it, and the separator.
  fileprivate func boxJoined(before box: Box) -> (Box, BoxSeparator)? {
    var end = box.start
    let first = max(0, box.start - 64)
    while let index = lastIndex(of: ASCII.closeBrace, from: first, before: end) {
      guard let separator = BoxSeparator(of: self[(index + 1)..<box.start]) else { return nil }
      if let open = openingBrace(of: index, within: 4_000), let found = boxOpened(at: open, limit: index + 1) {
        return separator == .blank ? nil : (found, separator)
      }
      end = index
    }
    return nil
  }

  /// Whether two ranges hold the same bytes.
  func sameBytes(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    first.count == second.count && self[first].bytes.elementsEqual(self[second].bytes)
  }

  /// The range of the name in `name =` right before an index, as in `x_1 = \boxed{3}`.
  func unknown(before index: Int) -> Range<Int>? {
    var end = droppingBlanks(before: index)
    guard self[end - 1] == ASCII.equals else { return nil }
    end = droppingBlanks(before: end - 1)
    var start = end
    while self[start - 1].isASCIIDigit { start -= 1 }
    if start < end {
      guard self[start - 1] == UInt8(ascii: "_") else { return nil }
      start -= 1
    }
    guard self[start - 1].isASCIILetter, !self[start - 2].isASCIILetterOrDigit, self[start - 2] != ASCII.backslash
    else {
      return nil
    }
    return (start - 1)..<end
  }
}
