/// Splits the ASCII form of an answer into tokens.
///
/// Layout (`\left`, `\,`, `$`, sizes, fonts) disappears; synonyms become one token; letters inside `\text` are words.
/// The work is linear in the length.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  var tokens: [Token] = []
  private var spaced = false
  /// A dollar sign came before.
  private var isMoney = false
  private var braceDepth = 0
  /// Depth of ( [ \{ : inside them a comma separates members rather than thousands.
  var bracketDepth = 0
  private var environmentDepth = 0
  /// Brace depths at which text or bold arguments end.
  private var textEnds: [(depth: Int, bold: Bool)] = []
  private let limit: Int
  private(set) var truncated = false
  /// `\not` came before.
  private var negatesNext = false
  private static let negationCommand = Commands.hash("not".utf8)

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
    tokens.reserveCapacity(min(bytes.count / 2 + 8, 4_096))
  }

  var inText: Bool { !textEnds.isEmpty }

  private var flags: TokenFlags {
    var flags: TokenFlags = spaced ? .spaced : []
    if isMoney { flags.insert(.money) }
    if let last = textEnds.last {
      flags.insert(.upright)
      if last.bold { flags.insert(.bold) }
    }
    return flags
  }

  mutating func append(_ meaning: TokenKind, from start: Int, code: Int32 = 0) {
    var kind = meaning
    if negatesNext {
      kind = meaning == .equals ? .notEqual : .unknown
      negatesNext = false
    }
    tokens.append(Token(kind: kind, flags: flags, start: Int32(start), end: Int32(position), code: code))
    spaced = false
    isMoney = false
  }

  mutating func run() {
    while position < bytes.count {
      if tokens.count >= limit {
        truncated = true
        return
      }
      step()
    }
  }

  private mutating func step() {
    let byte = bytes[position]
    switch byte {
    case 32, UInt8(ascii: "~"):
      position += 1
      spaced = true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letters()
    case UInt8(ascii: "\\"): command()
    case UInt8(ascii: "."): period()
    case 0x80...: foreignWord()
    default: punctuation(byte)
    }
  }

  func peek(_ offset: Int = 0) -> UInt8 {
    position + offset < bytes.count ? bytes[position + offset] : 0
  }

  private mutating func period() {
    let next = peek(1)
    if next >= 48 && next <= 57 {
      number()
    } else if next == UInt8(ascii: ".") && peek(2) == UInt8(ascii: ".") {
      let start = position
      while peek() == UInt8(ascii: ".") { position += 1 }
      append(.dots, from: start)
    } else {
      position += 1
      append(.period, from: position - 1)
    }
  }

  private mutating func foreignWord() {
    let start = position
    while position < bytes.count && bytes[position] >= 0x80 { position += 1 }
    append(.word, from: start)
  }

  private mutating func punctuation(_ byte: UInt8) {
    let start = position
    position += 1
    switch byte {
    case UInt8(ascii: "{"): openBrace(start)
    case UInt8(ascii: "}"): closeBrace(start)
    case UInt8(ascii: "$"): spaced = true
    case UInt8(ascii: "("): open(.openParenthesis, start)
    case UInt8(ascii: ")"): close(.closeParenthesis, start)
    case UInt8(ascii: "["): open(.openBracket, start)
    case UInt8(ascii: "]"): close(.closeBracket, start)
    default: operatorToken(byte, start)
    }
  }

  mutating func open(_ kind: TokenKind, _ start: Int) {
    bracketDepth += 1
    append(kind, from: start)
  }

  mutating func close(_ kind: TokenKind, _ start: Int) {
    bracketDepth -= 1
    append(kind, from: start)
  }

  private mutating func openBrace(_ start: Int) {
    // `42{}`: an empty group after a value is nothing.
    if peek() == UInt8(ascii: "}"), let last = tokens.last?.kind, last == .number || last == .letter || last == .symbol
    {
      position += 1
      return
    }
    braceDepth += 1
    append(.openBrace, from: start)
  }

  private mutating func closeBrace(_ start: Int) {
    if let last = textEnds.last, last.depth == braceDepth {
      textEnds.removeLast()
      braceDepth -= 1
      spaced = false
      return
    }
    braceDepth -= 1
    append(.closeBrace, from: start)
  }

  private mutating func operatorToken(_ byte: UInt8, _ start: Int) {
    switch byte {
    case UInt8(ascii: "+"): append(.plus, from: start)
    case UInt8(ascii: "-"): append(.minus, from: start)
    case UInt8(ascii: "*"): starToken(start)
    case UInt8(ascii: "/"): append(.divide, from: start)
    case UInt8(ascii: "^"): append(.caret, from: start)
    case UInt8(ascii: "_"): append(.underscore, from: start)
    case UInt8(ascii: "!"): bang(start)
    case UInt8(ascii: "'"): append(.prime, from: start)
    case UInt8(ascii: "%"): append(.percent, from: start)
    case UInt8(ascii: ","): append(.comma, from: start)
    case UInt8(ascii: ";"): append(.semicolon, from: start)
    case UInt8(ascii: ":"): append(.colon, from: start)
    case UInt8(ascii: "="): equals(start)
    case UInt8(ascii: "<"): comparison(.less, .lessEqual, start)
    case UInt8(ascii: ">"): comparison(.greater, .greaterEqual, start)
    case UInt8(ascii: "&"): append(.ampersand, from: start)
    case UInt8(ascii: "|"): append(.bar, from: start)
    case UInt8(ascii: "\""), UInt8(ascii: "`"): spaced = true
    default: append(.unknown, from: start, code: Int32(byte))
    }
  }

  private mutating func starToken(_ start: Int) {
    if peek() == UInt8(ascii: "*") {
      position += 1
      append(.caret, from: start)
    } else {
      append(.times, from: start)
    }
  }

  private mutating func bang(_ start: Int) {
    if peek() == UInt8(ascii: "=") && (spaced || tokens.last.map { $0.kind == .letter } ?? false) {
      position += 1
      append(.notEqual, from: start)
    } else {
      append(.factorial, from: start)
    }
  }

  private mutating func equals(_ start: Int) {
    if peek() == UInt8(ascii: "=") { position += 1 }
    if peek() == UInt8(ascii: ">") && peek(-1) == UInt8(ascii: "=") {
      position += 1
      append(.implies, from: start)
    } else {
      append(.equals, from: start)
    }
  }

  private mutating func comparison(_ strict: TokenKind, _ weak: TokenKind, _ start: Int) {
    if peek() == UInt8(ascii: "=") {
      position += 1
      append(weak, from: start)
    } else if strict == .less && peek() == UInt8(ascii: ">") {
      position += 1
      append(.notEqual, from: start)
    } else {
      append(strict, from: start)
    }
  }

  // MARK: - Commands

  private mutating func command() {
    let start = position
    position += 1
    let next = peek()
    guard next.isLetter else {
      position = min(position + 1, bytes.count)
      escaped(next, start)
      return
    }
    var name: UInt64 = 0xcbf2_9ce4_8422_2325
    while position < bytes.count, bytes[position].isLetter {
      name = (name ^ UInt64(bytes[position])) &* 0x0000_0100_0000_01b3
      position += 1
    }
    if name == Lexer.negationCommand {
      negatesNext = true
    } else if let layout = Commands.layouts[name] {
      apply(layout, start)
    } else if let meaning = Commands.meanings[name] {
      appendCommand(meaning, start)
    } else if !shortenedCommand(start) {
      append(.unknown, from: start, code: Int32(truncatingIfNeeded: name >> 33))
    }
  }

  /// `\quadx`, `\pir`: a command and a letter without a space between them.
  private mutating func shortenedCommand(_ start: Int) -> Bool {
    for length in stride(from: position - start - 2, through: 2, by: -1) {
      let name = Commands.hash(bytes[(start + 1)..<(start + 1 + length)])
      if let layout = Commands.layouts[name], layout == .ignored || layout == .wideSpace {
        position = start + 1 + length
        apply(layout, start)
        return true
      }
      if let meaning = Commands.meanings[name], meaning.kind == .symbol || meaning.kind == .times {
        position = start + 1 + length
        append(meaning.kind, from: start, code: meaning.code)
        return true
      }
    }
    return false
  }

  /// A wide space between members separates them like a comma.
  private mutating func wideSpace(_ start: Int) {
    spaced = true
    guard bracketDepth == 0, let last = tokens.last?.kind else { return }
    switch last {
    case .number, .letter, .symbol, .closeBrace, .closeParenthesis, .closeBracket, .closeSet: break
    default: return
    }
    while peek() == 32 { position += 1 }
    let next = peek()
    if next.isDigit || next == UInt8(ascii: "(") || (next.isLetter && peek(1) == UInt8(ascii: "=")) {
      append(.comma, from: start)
      spaced = true
    }
  }

  private mutating func appendCommand(_ meaning: CommandMeaning, _ start: Int) {
    switch meaning.kind {
    case .openParenthesis, .openBracket, .openSet, .openAngle: bracketDepth += 1
    case .closeParenthesis, .closeBracket, .closeSet, .closeAngle: bracketDepth -= 1
    default: break
    }
    append(meaning.kind, from: start, code: meaning.code)
  }

  /// A backslash and one character that is not a letter.
  private mutating func escaped(_ byte: UInt8, _ start: Int) {
    switch byte {
    case UInt8(ascii: "{"): open(.openSet, start)
    case UInt8(ascii: "}"): close(.closeSet, start)
    case UInt8(ascii: "%"): append(.percent, from: start)
    case UInt8(ascii: "$"): isMoney = true
    case UInt8(ascii: "|"): append(.bar, from: start)
    case UInt8(ascii: "\\"): doubleBackslash(start)
    case UInt8(ascii: "&"): append(.and, from: start)
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"): break
    default: spaced = spaced || byte != UInt8(ascii: "!")
    }
  }

  /// A row break in an environment; elsewhere an escaped backslash before a command name, or nothing.
  private mutating func doubleBackslash(_ start: Int) {
    if environmentDepth > 0 {
      append(.rowBreak, from: start)
    } else if peek().isLetter || peek() == UInt8(ascii: "{") || peek() == UInt8(ascii: "(") {
      position -= 1
    } else {
      spaced = true
    }
  }

  private mutating func apply(_ layout: LayoutCommand, _ start: Int) {
    switch layout {
    case .ignored: spaced = true
    case .wideSpace: wideSpace(start)
    case .delimiterSize: if peek() == UInt8(ascii: ".") { position += 1 }
    case .text: textArgument(bold: false)
    case .boldText: textArgument(bold: true)
    case .box: break
    case .blackboard: blackboard(start)
    case .begin: environment(.begin, start)
    case .end: environment(.end, start)
    case .ignoredWithArgument: _ = bracedName()
    }
  }

  private mutating func textArgument(bold: Bool) {
    while peek() == 32 { position += 1 }
    guard peek() == UInt8(ascii: "{") else { return }
    position += 1
    braceDepth += 1
    textEnds.append((braceDepth, bold))
  }

  /// The argument `{name}` as a stretch of bytes; nil when there is none.
  private mutating func bracedName() -> Range<Int>? {
    while peek() == 32 { position += 1 }
    guard peek() == UInt8(ascii: "{") else { return nil }
    let start = position + 1
    var end = start
    while end < bytes.count && end < start + 64 && bytes[end] != UInt8(ascii: "}") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "}") else { return nil }
    position = end + 1
    return start..<end
  }

  private mutating func blackboard(_ start: Int) {
    guard position < bytes.count else { return }
    var letter = peek()
    if letter == UInt8(ascii: "{"), let name = bracedName() {
      letter = name.isEmpty ? 0 : bytes[name.lowerBound]
    } else {
      position += 1
    }
    let sets: [UInt8: NumberSetName] = [82: .reals, 90: .integers, 81: .rationals, 78: .naturals, 67: .complexes]
    if let name = sets[letter] {
      append(.numberSet, from: start, code: name.rawValue)
    } else {
      append(.letter, from: start, code: Int32(letter))
    }
  }

  private mutating func environment(_ kind: TokenKind, _ start: Int) {
    guard let name = bracedName() else {
      append(.unknown, from: start)
      return
    }
    let text = String(decoding: bytes[name], as: UTF8.self)
    let value = EnvironmentName(text)
    if kind == .begin {
      environmentDepth += 1
      if text == "array" || text == "tabular" { _ = bracedName() }
    } else {
      environmentDepth -= 1
    }
    bracketDepth += kind == .begin ? 1 : -1
    append(kind, from: start, code: value.rawValue)
  }
}

extension EnvironmentName {
  init(_ text: String) {
    switch text {
    case "pmatrix", "bmatrix", "matrix", "array", "Bmatrix", "smallmatrix": self = .matrix
    case "vmatrix", "Vmatrix": self = .determinant
    case "cases": self = .cases
    case "align", "align*", "aligned", "equation", "equation*", "gather", "gathered", "split": self = .aligned
    default: self = .other
    }
  }
}

extension UInt8 {
  var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }
  var isDigit: Bool { self >= 48 && self <= 57 }
  var isLowercase: Bool { self >= 97 && self <= 122 }
  var isUppercase: Bool { self >= 65 && self <= 90 }
}
