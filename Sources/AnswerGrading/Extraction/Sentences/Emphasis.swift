/// Answers that a sentence sets in bold, and numbers that it mentions by the way.
extension SentenceAnswer {
  /// The last answer between double asterisks, perhaps with the thing counted: `James runs **540 meters** a week.`
  var emphasized: String? {
    var result: String?
    var index = 0
    while let open = text.firstIndex(of: "**", from: index) {
      guard let close = text.firstIndex(of: "**", from: open + 2) else { break }
      let bold = SentenceAnswer(text[(open + 2)..<close], hasDecimalComma: hasDecimalComma)
      if let list = bold.list(at: 0), bold.isNoun(from: list.end) { result = list.text }
      index = close + 2
    }
    return result
  }

  /// Whether nothing but a few words and a final period stands from an index on.
  private func isNoun(from start: Int) -> Bool {
    let end = text[text.count - 1] == ASCII.period ? text.count - 1 : text.count
    return start >= end || text[start..<end].isNounAtEnd
  }

  /// Whether one of the three words before an index is a preposition of time, place or measure.
  func isCircumstance(at index: Int) -> Bool {
    var end = text.droppingBlanks(before: index)
    for _ in 0..<3 {
      var start = end
      while text[start - 1].isASCIILetter { start -= 1 }
      if start == end { return false }
      if text.wordLength(of: prepositions, at: start) == end - start { return true }
      end = text.droppingBlanks(before: start)
    }
    return false
  }

  /// A word or two behind the last "is" or "are", if they end the sentence: "the fastest runner is Debra."
  var wordsAfterVerb: String? {
    var result: String?
    for index in 0..<text.count where text[index].isASCIILetter {
      let length = text.wordLength(of: ["is", "are"], at: index)
      if length > 0 { result = SentenceAnswer(text[(index + length)..<text.count]).words }
    }
    return result
  }
}

private let prepositions: [StaticString] = [
  "in", "after", "over", "for", "within", "during", "every", "per", "before", "between", "among", "until",
]
