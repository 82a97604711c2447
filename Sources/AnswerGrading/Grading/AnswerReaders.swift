/// Times of day: `4:30 p.m.`, `\text{4:30 PM}`, `11 a.m.`.
enum TimeReader {
  static func read(_ tokens: [Token], _ bytes: [UInt8]) -> Form? {
    guard tokens[0].kind == .number, tokens.count >= 2, tokens.count <= 12 else { return nil }
    guard let hour = whole(tokens[0], bytes), hour <= 24 else { return nil }
    var index = 1
    var minute = 0
    if tokens[1].kind == .colon {
      guard tokens.count > 3, let value = whole(tokens[2], bytes), value < 60 else { return nil }
      minute = value
      index = 3
    }
    guard let isAfternoon = suffix(tokens[index...], bytes), hour >= 1, hour <= 12 else { return nil }
    var builder = KeyBuilder(.timeOfDay)
    let minutes = (hour % 12 + (isAfternoon ? 12 : 0)) * 60 + minute
    builder.add(minutes)
    var form = Form(.time, builder.key)
    form.clock = ClockReading(minutes: minutes, isMarked: true, couldBeMarked: true)
    return form
  }

  private static func whole(_ token: Token, _ bytes: [UInt8]) -> Int? {
    guard token.kind == .number, token.end - token.start <= 2 else { return nil }
    return LiteralReader.read(bytes[Int(token.start)..<Int(token.end)])?.value.integer.map { Int($0) }
  }

  /// a.m. is false, p.m. is true; nil for anything else.
  private static func suffix(_ tokens: ArraySlice<Token>, _ bytes: [UInt8]) -> Bool? {
    var text: [UInt8] = []
    for token in tokens {
      switch token.kind {
      case .period: continue
      case .word, .letter: text += bytes[Int(token.start)..<Int(token.end)].map(\.lowercased)
      default: return nil
      }
    }
    if text.elementsEqual("am".utf8) { return false }
    return text.elementsEqual("pm".utf8) ? true : nil
  }
}

/// Removes final periods and braces or boxes around the whole answer.
enum TokenTrimmer {
  static func trim(_ tokens: inout [Token]) {
    dropPeriods(&tokens)
    guard tokens.first?.kind == .openBrace, let partners = partners(tokens) else { return }
    var first = 0
    var last = tokens.count - 1
    while first < last, tokens[first].kind == .openBrace, partners[first] == last {
      first += 1
      last -= 1
      while last >= first, tokens[last].kind == .period { last -= 1 }
    }
    tokens = first <= last ? Array(tokens[first...last]) : []
  }

  private static func dropPeriods(_ tokens: inout [Token]) {
    while tokens.last?.kind == .period { tokens.removeLast() }
  }

  /// For each opening brace the place of its closing brace; nil when braces do not match.
  private static func partners(_ tokens: [Token]) -> [Int]? {
    var result = [Int](repeating: -1, count: tokens.count)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind == .openBrace { open.append(index) }
      if token.kind == .closeBrace {
        guard let start = open.popLast() else { return nil }
        result[start] = index
      }
    }
    return open.isEmpty ? result : nil
  }
}

/// Choice letters with punctuation and the text of the choice: `A)`, `(A) text`, `E: text`.
enum ChoiceReader {
  /// Leaves only the letter where the tokens are a choice.
  static func strip(_ tokens: inout [Token]) {
    guard tokens.count >= 2 else { return }
    let bracketed = tokens[0].kind == .openParenthesis
    let place = bracketed ? 1 : 0
    guard tokens.count > place + 1, isChoice(tokens[place]) else { return }
    let mark = tokens[place + 1].kind
    if bracketed {
      guard mark == .closeParenthesis, tokens.count > 3,
        startsProse(tokens, at: 3) || !tokens[3].flags.isDisjoint(with: [.upright, .spaced])
      else { return }
    } else {
      let isNumbered = (mark == .period || mark == .colon) && tokens.count > 2 && tokens[2].flags.contains(.spaced)
      guard
        mark == .closeParenthesis || isNumbered
          || ((mark == .colon || mark == .period) && startsProse(tokens, at: 2))
      else { return }
    }
    tokens = [tokens[place]]
  }

  /// `Option B`, `Choice (B)`: drops the word.
  static func dropTitle(_ tokens: inout [Token], _ bytes: [UInt8]) {
    guard tokens.count >= 2, tokens.count <= 4, tokens[0].kind == .word else { return }
    let word = bytes[Int(tokens[0].start)..<Int(tokens[0].end)].map(\.lowercased)
    guard word.elementsEqual("option".utf8) || word.elementsEqual("choice".utf8) else { return }
    guard tokens[1...].allSatisfy({ isChoice($0) || $0.kind == .openParenthesis || $0.kind == .closeParenthesis })
    else {
      return
    }
    tokens.removeFirst()
  }

  /// A word, or a one-letter word before another.
  private static func startsProse(_ tokens: [Token], at index: Int) -> Bool {
    guard index < tokens.count else { return false }
    if tokens[index].kind == .word { return true }
    return tokens[index].kind == .letter && index + 1 < tokens.count && tokens[index + 1].kind == .word
  }

  private static func isChoice(_ token: Token) -> Bool {
    token.kind == .letter && token.code >= 65 && token.code <= 74
  }
}
