/// The answer in one or several boxes.
extension BoxGroup {
  /// The content of the boxes, separated by commas, each with its unknown where every box has another
  /// (`x = \boxed{3}, y = \boxed{4}`).
  func answer(in text: TextBytes) -> String? {
    if boxes.count == 1 { return text[boxes[0].content].boxedAnswer() }
    let names = unknowns(in: text)
    var answers: [String] = []
    for (index, box) in boxes.enumerated() {
      guard let answer = text[box.content].boxedAnswer() else { continue }
      answers.append(names.isEmpty ? answer : names[index] + " = " + answer)
    }
    return answers.isEmpty ? nil : answers.joined(separator: ", ")
  }

  /// The unknowns before the boxes, empty where one has none or two have the same.
  private func unknowns(in text: TextBytes) -> [String] {
    var names: [String] = []
    for box in boxes {
      guard let range = text.unknown(before: box.start) else { return [] }
      let name = text[range].string
      if names.contains(name) { return [] }
      names.append(name)
    }
    return names
  }
}

extension TextBytes {
  /// The answer in the content of a box, without the words that lead to it: `\text{The answer is } 5` is 5.
  func boxedAnswer() -> String? {
    var view = trimmedAnswer()
    guard view.hasWords else { return view.answerText() }
    while let rest = view.behindLeadingText() ?? view.insideText() { view = rest }
    if view.count <= longestBoxedSentence, view.hasSentence, let answer = SentenceAnswer(view).afterVerbToEnd {
      return answer
    }
    return view.answerText()
  }

  /// Whether two letters in a row stand in the view that are not the name of a command.
  private var hasWords: Bool {
    var index = 0
    while index < count {
      if self[index] == ASCII.backslash {
        if has("\\text", at: index) || has("\\mbox", at: index) { return true }
        index += 1
        while self[index].isASCIILetter { index += 1 }
      } else {
        if self[index].isASCIILetter, self[index + 1].isASCIILetter { return true }
        index += 1
      }
    }
    return false
  }

  /// What follows a text command at the beginning whose words end in a verb, a colon or an equals sign.
  private func behindLeadingText() -> TextBytes? {
    for name in ["\\text{", "\\textbf{", "\\mbox{", "\\textrm{", "\\mathrm{"] as [StaticString] where has(name, at: 0) {
      guard let close = closingBrace(of: name.utf8CodeUnitCount - 1) else { return nil }
      let words = self[name.utf8CodeUnitCount..<close]
      let rest = self[(close + 1)..<count].trimmedAnswer()
      return words.endsInVerb && !rest.isEmpty ? rest : nil
    }
    return nil
  }

  /// What a text command holds that is all of the view and a sentence.
  private func insideText() -> TextBytes? {
    guard has("\\text{", at: 0), closingBrace(of: 5) == count - 1, hasSentence else { return nil }
    return self[6..<(count - 1)].trimmedAnswer()
  }

  private var endsInVerb: Bool {
    let end = droppingBlanks(before: count)
    if self[end - 1] == ASCII.colon || self[end - 1] == ASCII.equals { return true }
    for verb in ["is", "are", "be", "equals"] as [StaticString] where hasWord(verb, at: end - verb.utf8CodeUnitCount) {
      return true
    }
    return false
  }

  /// Whether the view is a sentence rather than an answer with a few words in it: three words, outside of commands.
  private var hasSentence: Bool {
    var words = 0
    var index = 0
    while index < count {
      if has("\\begin{", at: index) || has("\\end{", at: index) {
        index = firstIndex(of: ASCII.closeBrace, from: index) ?? count
      }
      let start = index
      while self[index].isASCIILetter { index += 1 }
      if index - start >= 2, self[start - 1] != ASCII.backslash { words += 1 }
      index = max(index, start + 1)
    }
    return words >= 3
  }
}

/// A longer content of a box is taken as it stands.
private let longestBoxedSentence = 2_000
