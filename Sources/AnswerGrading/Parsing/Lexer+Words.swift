extension Lexer {
  /// A run of letters: a known word, an ordinary word or single variables.
  mutating func letters() {
    let start = position
    var end = start
    while end < bytes.count, bytes[end].isLetter { end += 1 }
    if inText || end - start > 1 {
      if let meaning = keyword(start..<end) {
        position = end
        append(meaning.kind, from: start, code: meaning.code)
        return
      }
      if functionInside(start..<end) { return }
      if isWord(start..<end) {
        position = end
        append(.word, from: start)
        return
      }
    }
    for index in start..<end {
      position = index + 1
      append(.letter, from: index, code: Int32(bytes[index]))
    }
  }

  private func keyword(_ range: Range<Int>) -> CommandMeaning? {
    if range.count < 2 || range.count > 12 { return nil }
    guard let meaning = Commands.words[Commands.hash(bytes[range])] else { return nil }
    // A unit of time or angle after a number, not a function.
    if meaning.kind == .function, tokens.last?.kind == .number,
      let function = FunctionName(rawValue: meaning.code), function == .minimum || function == .secant
    {
      return nextVisible(range.upperBound) == UInt8(ascii: "(") ? meaning : nil
    }
    return meaning
  }

  /// Nothing but brackets and layout around it.
  private func standsAlone(_ range: Range<Int>) -> Bool {
    guard tokens.allSatisfy({ $0.kind == .openBrace }) else { return false }
    var next = range.upperBound
    while next < bytes.count && bytes[next] == 32 { next += 1 }
    guard next < bytes.count else { return true }
    switch bytes[next] {
    case UInt8(ascii: "."), UInt8(ascii: "}"), UInt8(ascii: "$"): return true
    case UInt8(ascii: "\\"): return next + 1 < bytes.count && !bytes[next + 1].isLetter
    default: return false
    }
  }

  private func nextVisible(_ index: Int) -> UInt8 {
    var next = index
    while next < bytes.count && bytes[next] == 32 { next += 1 }
    return next < bytes.count ? bytes[next] : 0
  }

  /// `xsin`, `cosx`, `sqrtx`: single letters around a function name.
  private mutating func functionInside(_ range: Range<Int>) -> Bool {
    guard !inText, range.count <= 6 else { return false }
    for (name, function) in Lexer.embeddedFunctions {
      let length = name.utf8CodeUnitCount
      for offset in 0...max(0, range.count - length) where range.count > length && offset <= 1 {
        let first = range.lowerBound + offset
        let last = first + length
        guard last <= range.upperBound, range.upperBound - last <= 1 else { continue }
        guard (0..<length).allSatisfy({ bytes[first + $0] == name.utf8Start[$0] }) else { continue }
        emitSplit(range, first..<last, function)
        return true
      }
    }
    return false
  }

  private mutating func emitSplit(_ range: Range<Int>, _ name: Range<Int>, _ meaning: CommandMeaning) {
    for index in range.lowerBound..<name.lowerBound {
      position = index + 1
      append(.letter, from: index, code: Int32(bytes[index]))
    }
    position = name.upperBound
    append(meaning.kind, from: name.lowerBound, code: meaning.code)
    for index in name.upperBound..<range.upperBound {
      position = index + 1
      append(.letter, from: index, code: Int32(bytes[index]))
    }
  }

  private static let embeddedFunctions: [(StaticString, CommandMeaning)] = [
    ("sqrt", CommandMeaning(.root)),
    ("sin", CommandMeaning(.function, FunctionName.sine.rawValue)),
    ("cos", CommandMeaning(.function, FunctionName.cosine.rawValue)),
    ("tan", CommandMeaning(.function, FunctionName.tangent.rawValue)),
    ("log", CommandMeaning(.function, FunctionName.logarithm.rawValue)),
    ("ln", CommandMeaning(.function, FunctionName.naturalLogarithm.rawValue)),
    ("pi", CommandMeaning(.symbol, 0)),
  ]

  private func isWord(_ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    let rest = bytes[range.dropFirst()]
    if inText {
      if range.count == 1 { return false }
      return !rest.allSatisfy(\.isUppercase) || !first.isUppercase || Vocabulary.isUppercaseWord(bytes[range])
    }
    // Two capital letters name a segment unless they are all there is.
    if range.count > 2 || standsAlone(range),
      Vocabulary.isUppercaseWord(bytes[range])
    {
      return true
    }
    if afterQuantity, Units.isPlainUnit(bytes[range]) { return true }
    if !rest.allSatisfy(\.isLowercase) { return false }
    if first.isUppercase { return range.count >= 3 || Vocabulary.isShortWord(bytes[range]) }
    if range.count <= 3 { return Vocabulary.isShortWord(bytes[range]) }
    return Vocabulary.looksLikeWord(bytes[range])
  }

  private var afterQuantity: Bool {
    switch tokens.last?.kind {
    case .number, .closeBrace, .closeParenthesis, .word, .divide, .symbol, .caret: return true
    default: return false
    }
  }
}

/// Telling words from products of variables.
enum Vocabulary {
  private static func table(_ words: String) -> Set<UInt64> {
    Set(words.split(separator: " ").map { Commands.hash($0.utf8) })
  }

  private static let uppercaseWords = table(
    "AM PM NO YES NONE TRUE FALSE DNE EVEN ODD MPH NEITHER BOTH SAS SSS ASA AAS UNDEFINED INFINITY OR AND")

  private static let shortWords = table(
    """
    no No yes Yes odd Odd all All any Any one One two Two six Six ten Ten red Red day May the The and for has its not
    are non None few him her who how why new old was is If if of per sq
    """)

  static func isUppercaseWord(_ word: ArraySlice<UInt8>) -> Bool { uppercaseWords.contains(Commands.hash(word)) }

  static func isShortWord(_ word: ArraySlice<UInt8>) -> Bool { shortWords.contains(Commands.hash(word)) }

  /// Four lowercase letters or more with a vowel and a consonant that are not a run of the alphabet.
  static func looksLikeWord(_ word: ArraySlice<UInt8>) -> Bool {
    var vowels = 0
    var steps = 0
    var previous: UInt8 = 0
    for byte in word {
      if "aeiouy".utf8.contains(byte) { vowels += 1 }
      if byte == previous &+ 1 { steps += 1 }
      previous = byte
    }
    return vowels > 0 && vowels < word.count && steps < word.count - 1
  }
}
