/// The extraction behind the presets `sal`, `qwen` and `cot`.
///
/// All are `extract_answer(text, "math")`: of QwenLM/Qwen2.5-Math at a45202b, `evaluation/parser.py`, and of two programs
/// that took it over, huggingface/search-and-learn at 6f81cac, `src/sal/utils/qwen_math_parser.py`, and
/// RyanLiu112/compute-optimal-tts at 0ee2578, `src/envs/MATH/parse_utils_qwen.py`. They differ in nothing that shows in
/// an answer (tested on recorded outputs of all). Their habits, kept here on purpose:
/// - the **first** "final answer is $" counts if "$. I hope" is anywhere in the text, even before a later box;
/// - the last `boxed` counts even if its box is empty or never closes, and any word that contains these letters;
/// - without a phrase the last number of the text is the answer;
/// - the answer is normalised: units, `\text`, degrees, percent and dollar signs disappear, number words turn into
///   digits, `x=` is cut off (``QwenNormalization``).
enum QwenExtraction {
  /// The answer in a text, empty where the text has none.
  static func answer(in utf8: UnsafeBufferPointer<UInt8>) -> String {
    let text = TextBytes(utf8)
    guard text.firstIndex(of: "ки", from: 0) != nil else { return answer(in: text) }
    return text.removing("ки").withUnsafeBufferPointer { answer(in: TextBytes($0)) }
  }

  private static func answer(in text: TextBytes) -> String {
    var answer = rawAnswer(in: text)
    removeLineEnds(&answer)
    if answer[0] == UInt32(ASCII.colon) { answer.scalars.removeFirst() }
    if answer[answer.count - 1] == UInt32(ASCII.period) { answer.scalars.removeLast() }
    if answer[answer.count - 1] == UInt32(UInt8(ascii: "/")) { answer.scalars.removeLast() }
    return QwenNormalization.normalized(answer).string
  }

  private static func rawAnswer(in text: TextBytes) -> ScalarText {
    if let start = text.end(ofFirst: "final answer is $"), text.firstIndex(of: "$. I hope", from: 0) != nil {
      return stripped(text[start..<(text.firstIndex(of: "$. I hope", from: start) ?? text.count)])
    }
    if let start = text.end(ofLast: "boxed") { return boxed(in: text[start..<text.count]) }
    if let start = text.end(ofLast: "he answer is") { return stripped(text[start..<text.count]) }
    if let start = text.end(ofLast: "final answer is") { return stripped(text[start..<text.count]) }
    if let start = text.end(ofFirst: "答案是") { return chineseAnswer(in: text, from: start) }
    return lastNumber(in: text)
  }

  /// What follows the letters `boxed`: a group in braces, or everything up to a dollar sign.
  private static func boxed(in text: TextBytes) -> ScalarText {
    guard text[0] == ASCII.openBrace else {
      return stripped(text[0..<(text.firstIndex(of: ASCII.dollar, from: 0) ?? text.count)])
    }
    var depth = 0
    for index in 0..<text.count {
      if text[index] == ASCII.openBrace { depth += 1 }
      if text[index] == ASCII.closeBrace { depth -= 1 }
      if depth == 0 { return ScalarText(decoding: text[1..<index].bytes) }
    }
    return ScalarText(decoding: text[1..<text.count].bytes)
  }

  /// The first paragraph between the phrase and its next occurrence.
  private static func chineseAnswer(in text: TextBytes, from start: Int) -> ScalarText {
    var answer = stripped(text[start..<(text.firstIndex(of: "答案是", from: start) ?? text.count)])
    if let end = answer.firstIndex(of: "\n\n") { answer = ScalarText(answer.scalars[..<end]) }
    answer.strip()
    return answer
  }

  /// The last match of `-?\d*\.?\d+` in the text without its commas.
  private static func lastNumber(in text: TextBytes) -> ScalarText {
    let all = ScalarText(decoding: text.bytes.lazy.filter { $0 != ASCII.comma }.map { $0 })
    var index = 0
    var result = 0..<0
    while index < all.count {
      let end = endOfNumber(in: all, at: index)
      if let end { result = index..<end }
      index = end ?? index + 1
    }
    return ScalarText(all.scalars[result])
  }

  private static func endOfNumber(in text: ScalarText, at start: Int) -> Int? {
    var end = text[start] == UInt32(ASCII.minus) ? start + 1 : start
    let first = end
    while CharacterClass.isDigit(text[end]) { end += 1 }
    if text[end] == UInt32(ASCII.period), CharacterClass.isDigit(text[end + 1]) {
      end += 1
      while CharacterClass.isDigit(text[end]) { end += 1 }
    }
    return end > first ? end : nil
  }

  /// Removes line feeds with the blanks behind them.
  private static func removeLineEnds(_ text: inout ScalarText) {
    guard text.scalars.contains(UInt32(ASCII.lineFeed)) else { return }
    var output: [UInt32] = []
    var isBehindLineEnd = false
    for scalar in text.scalars {
      if scalar == UInt32(ASCII.lineFeed) { isBehindLineEnd = true }
      if isBehindLineEnd, CharacterClass.isBlank(scalar) { continue }
      isBehindLineEnd = false
      output.append(scalar)
    }
    text.scalars = output
  }

  private static func stripped(_ text: TextBytes) -> ScalarText {
    var result = ScalarText(decoding: text.bytes)
    result.strip()
    return result
  }
}

extension TextBytes {
  /// The index after the first occurrence of a word.
  fileprivate func end(ofFirst word: StaticString) -> Int? {
    firstIndex(of: word, from: 0).map { $0 + word.utf8CodeUnitCount }
  }

  /// The index after the last occurrence of a word.
  fileprivate func end(ofLast word: StaticString) -> Int? {
    var index = count - word.utf8CodeUnitCount
    while index >= 0 {
      if has(word, at: index) { return index + word.utf8CodeUnitCount }
      index -= 1
    }
    return nil
  }

  /// The bytes without the occurrences of a word.
  fileprivate func removing(_ word: StaticString) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < count {
      if has(word, at: index) {
        index += word.utf8CodeUnitCount
      } else {
        output.append(self[index])
        index += 1
      }
    }
    return output
  }
}
