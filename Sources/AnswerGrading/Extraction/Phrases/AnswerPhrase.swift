/// The answer that the last phrase of its kind announces.
extension TextBytes {
  /// The answer announced last in the range from an index to the end; nil where none is announced or where what is
  /// announced is no answer.
  ///
  /// A marker's content reaches to the next marker at most, and only the last 16 markers are tried.
  /// - Parameter isBehindBox: whether a box stands before the range. It is overruled only by a sentence that begins
  ///   with the phrase and goes on with a formula, a number or a choice.
  func announcedAnswer(from start: Int, isBehindBox: Bool) -> String? {
    var limit = count
    for _ in 0..<16 {
      guard let marker = lastMarker(in: start..<limit) else { break }
      if !isBehindBox || overrulesBox(marker) {
        let view = self[0..<min(limit, marker.content + 4_000)]
        if let answer = view.answer(of: marker, isDirectOnly: isBehindBox) { return answer }
      }
      limit = marker.start
    }
    return nil
  }

  /// Whether a sentence begins with the marker, apart from "so", "therefore" and their like.
  private func overrulesBox(_ marker: AnswerMarker) -> Bool {
    if marker.kind == .behind { return false }
    if marker.kind != .phrase { return true }
    var end = droppingBlanks(before: marker.start)
    for _ in 0..<3 {
      while end > 0, self[end - 1] == ASCII.comma || self[end - 1] == ASCII.asterisk || self[end - 1] == ASCII.hash {
        end = droppingBlanks(before: end - 1)
      }
      var word = end
      while self[word - 1].isASCIILetter { word -= 1 }
      let openers: [StaticString] = ["so", "thus", "hence", "therefore", "and", "then", "finally", "now"]
      guard word < end, wordLength(of: openers, at: word) == end - word else { break }
      end = droppingBlanks(before: word)
    }
    return end == 0 || !self[end - 1].isASCIILetterOrDigit && self[end - 1] != ASCII.comma
  }

  private func answer(of marker: AnswerMarker, isDirectOnly: Bool) -> String? {
    switch marker.kind {
    case .hashes: return answerAfterHashes(at: marker.content)
    case .enclosed: return enclosedAnswer(at: marker.content)
    case .behind:
      let sentence = self[startOfSentence(before: marker.content)..<marker.content]
      return SentenceAnswer(sentence).lastItem
    case .phrase, .foreignPhrase:
      let start = skippingBlanks(from: skippingMarks(from: skippingBlanks(from: marker.content)))
      let sentence = self[start..<endOfSentence(from: start)]
      if sentence.isCutOff { return nil }
      if sentence.hasWord("not", at: 0) { return SentenceAnswer(sentence.behindBut).conclusion }
      let answer = SentenceAnswer(sentence, hasDecimalComma: marker.kind == .foreignPhrase)
      return isDirectOnly ? answer.conclusion : answer.conclusion ?? answer.firstItem ?? answer.words
    }
  }

  /// The answer that is alone on the line behind `####`, perhaps with a unit; on the last line also with another
  /// word, or in words.
  private func answerAfterHashes(at index: Int) -> String? {
    let start = skippingSpaces(from: index)
    let line = self[start..<(firstIndex(of: ASCII.lineFeed, from: start) ?? count)]
    if let formula = SentenceAnswer(line).bareFormula(from: 0) { return formula }
    guard let list = AnswerList(in: self, at: start) else {
      return self[(start + line.count)..<count].isBlank ? SentenceAnswer(line).words : nil
    }
    let next = skippingSpaces(from: self[list.end] == ASCII.period ? list.end + 1 : list.end)
    if next >= count || self[next].isASCIIBlank { return list.text }
    return self[next..<count].isNounAtEnd ? list.text : nil
  }

  /// Whether the view consists of a few letters and blanks, such as the thing that was counted.
  var isNounAtEnd: Bool {
    let end = droppingBlanks(before: count)
    return end <= 24 && (0..<end).allSatisfy { self[$0].isASCIILetter || self[$0] == ASCII.space }
  }

  /// What follows the word "but", empty where there is none: "not 5 but 6".
  private var behindBut: TextBytes {
    for index in 0..<count where self[index] == UInt8(ascii: "b") && hasWord("but", at: index) {
      return self[(index + 3)..<count]
    }
    return self[count..<count]
  }

  /// The text up to the closing tag or brace.
  private func enclosedAnswer(at index: Int) -> String? {
    if self[index] == ASCII.openBrace {
      guard let close = closingBrace(of: index) else { return nil }
      return self[(index + 1)..<close].answerText()
    }
    guard let close = firstIndex(of: "</answer>", from: index) else { return nil }
    return self[index..<close].answerText()
  }

  /// Where the sentence that holds an index begins, at most 400 bytes before it.
  private func startOfSentence(before index: Int) -> Int {
    var start = index
    while start > 0, index - start < 400 {
      if self[start - 1] == ASCII.lineFeed { break }
      if self[start - 1].isASCIIBlank, self[start - 2] == ASCII.period || self[start - 2] == UInt8(ascii: "!") { break }
      start -= 1
    }
    return start
  }
}
