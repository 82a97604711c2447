/// What stands in a box that is not filled in.
extension TextBytes {
  /// Whether the view is blank, or dots, a question mark, a blank to fill in, or the word "answer", as where a text
  /// quotes the format that it was asked for.
  var isPlaceholder: Bool {
    if isBlank { return true }
    guard count <= 24 else { return false }
    var index = 0
    while index < count {
      let length = placeholderLength(at: index)
      if length == 0 { return false }
      index += length
    }
    return true
  }

  private func placeholderLength(at index: Int) -> Int {
    switch self[index] {
    case ASCII.period, UInt8(ascii: "?"), UInt8(ascii: "_"), ASCII.openBrace, ASCII.closeBrace, ASCII.space,
      ASCII.dollar:
      return 1
    default: break
    }
    let words: [StaticString] = [
      "\\ldots", "\\cdots", "\\dots", "\\text{", "\\_", "your", "final", "answer", "here", "…",
    ]
    for word in words where hasIgnoringCase(word, at: index) { return word.utf8CodeUnitCount }
    return max(blankLength(at: index), spacingCommandLength(at: index))
  }
}
