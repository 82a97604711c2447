/// The words that lead to an answer in a sentence, and answers in words.
extension SentenceAnswer {
  /// The length of a verb or colon at an index that an answer may follow; 0 where none stands.
  func verbLength(at index: Int) -> Int {
    switch text[index] {
    case ASCII.colon: return isPartOfAnswer(colonAt: index) ? 0 : 1
    case ASCII.equals: return 1
    case UInt8(ascii: "'") where text.has("'s ", at: index): return 2
    default: return text[index].isASCIILetter ? text.wordLength(of: verbs, at: index) : 0
    }
  }

  /// Whether a colon stands between digits or behind a choice letter.
  private func isPartOfAnswer(colonAt index: Int) -> Bool {
    if text[index - 1].isASCIIDigit { return text[index + 1].isASCIIDigit }
    return index > 1 && text[index - 1].isASCIICapital && !text[index - 2].isASCIILetterOrDigit
  }

  /// The index after blanks, colons and words such as "exactly" or "therefore" at an index.
  func skippingFillers(from start: Int) -> Int {
    var index = start
    for _ in 0..<8 {
      index = text.skippingBlanks(from: text.skippingMarks(from: text.skippingBlanks(from: index)))
      if text[index] == ASCII.colon || text[index] == ASCII.equals || text[index] == ASCII.comma {
        index += 1
      } else if text.has("...", at: index) || text.has("≈", at: index) || text.has("：", at: index) {
        index += 3
      } else if case let length = text.wordLength(of: fillers, at: index), length > 0 {
        index += length
      } else {
        break
      }
    }
    return index
  }

  /// A word that is an answer by itself, if the sentence consists of it: "yes", "odd", "no solution"; or a number and
  /// the thing counted, "12 apples".
  var wholeInWords: String? {
    let start = text.skippingBlanks(from: text.skippingMarks(from: text.skippingBlanks(from: 0)))
    let length = text.wordLength(of: answerWords, at: start)
    if length > 0, text.isClosed(from: start + length) { return text[start..<(start + length)].answerText() }
    guard text[start].isASCIIDigit, let list = list(at: start), text[list.end..<text.count].isNounAtEnd else {
      return nil
    }
    return list.text
  }

  /// An answer in words, "no solution", "Wednesday": all of a sentence of at most four words that end with it; nil
  /// where the words talk about the answer ("correct", "given by").
  var words: String? {
    var end = text.droppingBlanks(before: text.count)
    while end > 0, [ASCII.period, UInt8(ascii: "!"), ASCII.asterisk].contains(text[end - 1]) { end -= 1 }
    let start = text.skippingBlanks(from: text.skippingMarks(from: text.skippingBlanks(from: 0)))
    guard start < end, end - start <= 60, text[start].isASCIILetter || text[start] >= 0x80 else { return nil }
    var spaces = 0
    for index in start..<end {
      switch text[index] {
      case ASCII.space: spaces += 1
      case ASCII.minus, UInt8(ascii: "'"), 0x80...: break
      case let byte where byte.isASCIILetter: break
      default: return nil
      }
    }
    if spaces > 3 || text.wordLength(of: talk, at: start) > 0 { return nil }
    return text[start..<end].answerText()
  }
}

private let verbs: [StaticString] = [
  "is", "are", "be", "equals", "equal", "becomes", "get", "gets", "gives", "obtain", "find", "have", "has", "costs",
  "cost", "yields", "remain", "remains", "leaves", "makes", "takes", "needs", "earns", "pays", "paid", "totals",
]

private let fillers: [StaticString] = [
  "so", "exactly", "approximately", "about", "roughly", "equal to", "just", "simply", "only", "therefore", "thus",
  "hence",
  "then", "also", "a total of", "at least", "at most", "given by", "option", "choice", "found to be", "indeed", "now",
  "clearly", "that", "to be", "the", "precisely", "indeed", "letter", "answer", "still",
]

private let answerWords: [StaticString] = [
  "yes", "no", "true", "false", "odd", "even", "none", "undefined", "infinity", "infinite", "no solution",
  "no solutions", "all real numbers", "infinitely many", "zero", "one", "two", "three", "four", "five", "six", "seven",
  "eight", "nine", "ten", "eleven", "twelve",
]

private let talk: [StaticString] = [
  "not", "correct", "right", "wrong", "incorrect", "helpful", "clear", "unclear", "given", "obtained", "found", "as",
  "that", "reasonable", "valid", "consistent", "unknown", "in", "a", "an", "by", "what", "when", "because", "here",
  "there", "simply", "just", "left", "now", "also", "this", "it", "we", "you", "to", "of", "for", "from", "at", "hard",
  "difficult", "easy", "based", "obvious", "the", "complete", "verified", "confirmed", "expected", "supposed",
  "solved", "done", "finished", "proved", "proven", "shown", "needed", "required", "satisfied", "consistent",
  "simplified",
  "over", "equal", "larger", "smaller", "greater", "less", "more", "also", "approximately",
]
