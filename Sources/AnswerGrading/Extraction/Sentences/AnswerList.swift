/// One or several answers in a row: `$x = 2$, $x = 3$ and $x = 5$`, `3, 4 and 5`.
struct AnswerList {
  private(set) var texts: [String] = []
  /// What the first of them is.
  let kind: AnswerItem.Kind
  /// The index after the last of them.
  private(set) var end: Int

  /// The list that begins at an index; nil where no answer begins there.
  init?(in text: TextBytes, at start: Int, hasDecimalComma: Bool = false) {
    guard let first = text.item(at: start, hasDecimalComma: hasDecimalComma) else { return nil }
    texts = [first.text]
    kind = first.kind
    end = first.end
    while texts.count < AnswerList.limit, let separatorEnd = text.listSeparatorEnd(at: end),
      let next = text.item(at: separatorEnd, hasDecimalComma: hasDecimalComma),
      next.isFormula && first.isFormula || text.endsClause(at: next.end)
    {
      texts.append(next.text)
      end = next.end
    }
  }

  var text: String { texts.joined(separator: ", ") }

  private static let limit = 1_000
}

extension TextBytes {
  /// The index after a comma, a semicolon, "and", "or", or a comma and one of these, with blanks around; nil where
  /// there is none.
  fileprivate func listSeparatorEnd(at start: Int) -> Int? {
    var index = skippingSpaces(from: start)
    let hasComma = self[index] == ASCII.comma || self[index] == ASCII.semicolon
    if hasComma { index = skippingSpaces(from: index + 1) }
    let word = wordLength(of: ["and", "or"], at: index)
    guard hasComma || word > 0 else { return nil }
    return skippingSpaces(from: index + word)
  }

  /// Whether a clause ends at an index, or a list goes on there.
  fileprivate func endsClause(at start: Int) -> Bool {
    let index = skippingSpaces(from: start)
    if index >= count || self[index].isASCIIBlank { return true }
    if wordLength(of: ["and", "or", "respectively"], at: index) > 0 { return true }
    return !self[index].isASCIILetterOrDigit && self[index] != ASCII.dollar && self[index] != ASCII.backslash
  }
}
