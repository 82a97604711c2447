/// The phrases around the English word "answer".
extension TextBytes {
  /// The marker that the word "answer" at an index makes; nil where the sentence does not announce an answer.
  func answerPhrase(at start: Int) -> AnswerMarker? {
    var index = start + 6
    if self[start - 1] == ASCII.less, self[index] == ASCII.greater {
      return AnswerMarker(kind: .enclosed, start: start - 1, content: index + 1)
    }
    if self[start - 1] == ASCII.backslash, self[index] == ASCII.openBrace {
      return AnswerMarker(kind: .enclosed, start: start - 1, content: index)
    }
    if isDisclaimed(before: start) { return nil }
    if self[index].asciiLowercased == UInt8(ascii: "s") { index += 1 }
    if self[index].isASCIILetterOrDigit { return nil }
    let first = startOfAnnouncement(before: start)
    if let content = announcedContent(from: index, wordStart: start) {
      return AnswerMarker(kind: .phrase, start: first, content: content)
    }
    if let statement = statementBehind(wordStart: start, wordEnd: index) {
      return AnswerMarker(kind: .behind, start: statement, content: statement)
    }
    return nil
  }

  /// Whether the word before says that this is not the answer.
  private func isDisclaimed(before start: Int) -> Bool {
    let end = droppingBlanks(before: start)
    var index = end
    while self[index - 1].isASCIILetter { index -= 1 }
    let words: [StaticString] = [
      "no", "wrong", "incorrect", "initial", "previous", "earlier", "first", "original", "each", "every", "possible",
      "an", "any", "to", "that", "this",
    ]
    return wordLength(of: words, at: index) == end - index && end > index
  }

  /// Where "the final answer" begins when the word "answer" stands at an index.
  private func startOfAnnouncement(before start: Int) -> Int {
    var first = start
    for word in ["correct", "final", "our", "the"] as [StaticString] {
      let candidate = droppingBlanks(before: first) - word.utf8CodeUnitCount
      if hasWord(word, at: candidate) { first = candidate }
    }
    return first
  }

  /// Where what the word announces begins: behind a colon, an equals sign or a verb, in the next line if the word is
  /// a heading, or right behind the word if a formula or number stands there.
  private func announcedContent(from wordEnd: Int, wordStart: Int) -> Int? {
    let index = skippingMarks(from: wordEnd)
    let next = skippingSpaces(from: index)
    if next >= count { return nil }
    if let sign = endOfAnnouncingSign(at: next) { return sign }
    if self[next] == ASCII.lineFeed { return isHeading(wordStart: wordStart) ? skippingBlanks(from: next) : nil }
    if next > wordEnd, opensFormula(at: next) || self[next].isASCIIDigit, self[wordStart].isASCIICapital { return next }
    return self[0..<(next + 100)].endOfVerb(from: next)
  }

  private func opensFormula(at index: Int) -> Bool {
    self[index] == ASCII.dollar || has("\\(", at: index) || has("\\[", at: index)
  }

  private func endOfAnnouncingSign(at index: Int) -> Int? {
    switch self[index] {
    case ASCII.colon, ASCII.equals: return index + 1
    case ASCII.minus where self[index + 1] == ASCII.space: return index + 1
    default: break
    }
    for sign in ["：", "–", "—", "→"] as [StaticString] where has(sign, at: index) { return index + 3 }
    return nil
  }

  /// Whether a word that ends its line is a heading: nothing but marks, numbers and "final", "the" before it.
  private func isHeading(wordStart: Int) -> Bool {
    var index = startOfAnnouncement(before: wordStart)
    while index > 0, self[index - 1] != ASCII.lineFeed {
      if self[index - 1].isASCIILetter { return false }
      index -= 1
    }
    return true
  }

  /// The index after the verb of a sentence whose subject is the answer: "the answer to the question is". Formulas are
  /// skipped.
  private func endOfVerb(from start: Int) -> Int? {
    if wordLength(of: ["choices", "options", "key", "sheet", "format"], at: start) > 0 { return nil }
    var index = start
    while index < count {
      if let formula = formula(at: index) {
        index = formula.end
        continue
      }
      if self[index] == ASCII.lineFeed || self[index] == ASCII.semicolon { return nil }
      if self[index] == ASCII.period, blankLength(at: index + 1) > 0 || index + 1 >= count { return nil }
      if self[index] == ASCII.colon || self[index] == ASCII.equals { return index + 1 }
      let length = wordLength(of: ["is", "are", "equals", "be", "becomes"], at: index)
      if length > 0 { return index + length }
      index += 1
    }
    return nil
  }

  /// Where "is our answer" begins, when the word "answer" ends its sentence.
  private func statementBehind(wordStart: Int, wordEnd: Int) -> Int? {
    switch self[skippingMarks(from: wordEnd)] {
    case ASCII.period, UInt8(ascii: "!"), ASCII.lineFeed, 0: break
    default: return nil
    }
    var index = droppingBlanks(before: wordStart)
    for _ in 0..<4 {
      var word = index
      while self[word - 1].isASCIILetter { word -= 1 }
      if hasWord("is", at: word) || hasWord("are", at: word) { return word }
      guard wordLength(of: ["the", "our", "my", "final", "correct", "required", "desired"], at: word) > 0 else {
        return nil
      }
      index = droppingBlanks(before: word)
    }
    return nil
  }
}
