/// A place where a text says that its answer follows (or stands right before).
struct AnswerMarker {
  enum Kind {
    /// `#### 42`: the answer is the rest of the line.
    case hashes
    /// "The answer is", "Answer:": the answer follows.
    case phrase
    /// The same in a language that writes a decimal comma.
    case foreignPhrase
    /// `<answer>42</answer>`, `\answer{42}`: the answer is what is enclosed.
    case enclosed
    /// "... is the answer": the answer stands before it, in the same sentence.
    case behind
  }

  let kind: Kind
  /// Where the marker begins.
  let start: Int
  /// Where what it announces begins; for `behind`, where the words that say so begin.
  let content: Int
}

extension TextBytes {
  /// The last marker that begins in a range, searched backwards; nil where there is none.
  ///
  /// The search stops at letters that few other words have: the w of "answer" and "Antwort", the p of "respuesta",
  /// "resposta", "risposta" and "réponse", a byte of the words in other scripts.
  func lastMarker(in range: Range<Int>) -> AnswerMarker? {
    var index = range.upperBound - 1
    while index >= range.lowerBound {
      switch self[index] {
      case UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "p"), UInt8(ascii: "P"), ASCII.hash, 0xAD, 0xB2, 0x8B:
        if let marker = marker(around: index), marker.start >= range.lowerBound { return marker }
      default: break
      }
      index -= 1
    }
    return nil
  }

  private func marker(around index: Int) -> AnswerMarker? {
    switch self[index] {
    case ASCII.hash: hashes(endingAt: index)
    case 0x80...: wordInOtherScript(around: index)
    case UInt8(ascii: "p"), UInt8(ascii: "P"): romanceWord(around: index)
    default: englishPhrase(around: index) ?? germanWord(around: index)
    }
  }

  /// `####` at the beginning of a line.
  private func hashes(endingAt index: Int) -> AnswerMarker? {
    guard self[index + 1] != ASCII.hash, has("####", at: index - 3), self[index - 4] != ASCII.hash else { return nil }
    return AnswerMarker(kind: .hashes, start: index - 3, content: index + 1)
  }

  private func englishPhrase(around index: Int) -> AnswerMarker? {
    let start = index - 3
    guard hasIgnoringCase("answer", at: start), !self[start - 1].isASCIILetterOrDigit else { return nil }
    return answerPhrase(at: start)
  }

  private func germanWord(around index: Int) -> AnswerMarker? {
    let start = index - 3
    guard hasIgnoringCase("antwort", at: start) else { return nil }
    return foreignMarker(from: start, wordEnd: start + 7)
  }

  private func romanceWord(around index: Int) -> AnswerMarker? {
    for word in ["respuesta", "resposta", "risposta", "réponse"] as [StaticString]
    where hasIgnoringCase(word, at: index - 3) {
      return foreignMarker(from: index - 3, wordEnd: index - 3 + word.utf8CodeUnitCount)
    }
    return nil
  }

  /// Chinese and Japanese 答, Russian "ответ", Korean 답.
  private func wordInOtherScript(around index: Int) -> AnswerMarker? {
    if has("答", at: index - 1) {
      let wordEnd = has("答案", at: index - 1) ? index + 5 : index + 2
      return AnswerMarker(kind: .phrase, start: index - 1, content: wordEnd)
    }
    if has("твет", at: index - 3) {
      return foreignMarker(from: index - 5, wordEnd: index + 5)
    }
    if has("답", at: index - 1) { return AnswerMarker(kind: .phrase, start: index - 1, content: index + 2) }
    return nil
  }

  private func foreignMarker(from start: Int, wordEnd: Int) -> AnswerMarker {
    AnswerMarker(kind: .foreignPhrase, start: start, content: wordEnd)
  }
}
