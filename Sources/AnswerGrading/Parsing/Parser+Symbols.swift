extension Parser {
  func letterName(_ token: Token) -> String {
    if token.kind == .symbol { return Commands.symbolNames[Int(token.code)] }
    return String(decoding: [UInt8(truncatingIfNeeded: token.code)], as: UTF8.self)
  }

  /// A variable with its decorations and subscripts, a constant, or a named function with its argument.
  mutating func parseSymbol() throws(ParseFailure) -> Int32 {
    let token = tokens[position]
    switch token.kind {
    case .angle: return try parseAngleName()
    case .accent, .overline: return try parseAccent()
    case .vectorAccent:
      position += 1
      return try parseVectorSymbol()
    default: break
    }
    position += 1
    if kind == .underscore { return try parseSubscript(letterName(token)) }
    if let constant = constant(token) { return constant }
    if let vector = unitVector(token) { return vector }
    return try parseApplication(letterName(token))
  }

  /// pi, e and i, unless a sum binds the letter.
  private mutating func constant(_ token: Token) -> Int32? {
    if token.kind == .symbol { return token.code == 0 ? tree.add(.pi, []) : nil }
    if token.flags.contains(.bold) || boundLetters.contains(token.code) { return nil }
    switch token.code {
    case 101: return kind == .prime ? nil : tree.add(.euler, [])
    case 105: return tree.add(.imaginaryUnit, [])
    default: return nil
    }
  }

  /// i, j and k in bold.
  private mutating func unitVector(_ token: Token) -> Int32? {
    guard token.flags.contains(.bold), token.kind == .letter, (105...107).contains(token.code) else { return nil }
    return unitVectorNode(token)
  }

  private mutating func unitVectorNode(_ token: Token) -> Int32 {
    let index = tree.symbolIndex(Symbol("vec " + letterName(token), unitVector: Int8(token.code - 104)))
    return tree.add(.symbol, [], payload: index)
  }

  /// `\vec{a}`: the arrow says nothing but which i, j and k are unit vectors.
  private mutating func parseVectorSymbol() throws(ParseFailure) -> Int32 {
    let braced = take(.openBrace)
    guard let kind, kind == .letter || kind == .symbol else { throw .syntax }
    var name = ""
    var last = tokens[position]
    while self.kind == .letter || self.kind == .symbol {
      last = tokens[position]
      name += letterName(last)
      position += 1
      if !braced { break }
    }
    if braced { try expect(.closeBrace) }
    if name.utf8.count == 1 && (105...107).contains(last.code) { return unitVectorNode(last) }
    if self.kind == .underscore { return try parseSubscript(name) }
    return symbolNode(name)
  }

  mutating func symbolNode(_ name: String) -> Int32 {
    tree.add(.symbol, [], payload: tree.symbolIndex(Symbol(name)))
  }

  /// `\angle ABC` is one name.
  private mutating func parseAngleName() throws(ParseFailure) -> Int32 {
    position += 1
    var name = "angle "
    let braced = take(.openBrace)
    while kind == .letter || kind == .symbol || kind == .number {
      name += kind == .number ? "#" : letterName(tokens[position])
      position += 1
    }
    if braced { try expect(.closeBrace) }
    guard name.utf8.count > 6 else { throw .syntax }
    return symbolNode(name)
  }

  /// `\bar{x}`, `\hat{i}`, `\overline{AB}`.
  private mutating func parseAccent() throws(ParseFailure) -> Int32 {
    let token = tokens[position]
    let mark = String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
    position += 1
    let braced = take(.openBrace)
    var name = ""
    var last = token
    while let kind, kind == .letter || kind == .symbol {
      last = tokens[position]
      name += letterName(last)
      position += 1
      if !braced { break }
    }
    guard !name.isEmpty else { throw .syntax }
    if braced { try expect(.closeBrace) }
    if mark == "\\hat" && name.utf8.count == 1 && (105...107).contains(last.code) { return unitVectorNode(last) }
    name = mark + " " + name
    if kind == .underscore { return try parseSubscript(name) }
    return symbolNode(name)
  }

  // MARK: - Subscripts

  /// A name with an index: part of the name when it is a number or a word, an argument when it is an expression.
  private mutating func parseSubscript(_ name: String) throws(ParseFailure) -> Int32 {
    try expect(.underscore)
    let start = position
    if let text = simpleSubscript() {
      if name == "C" || name == "\\binom", let node = try parseCombination(start) { return node }
      return try parseApplication(name + "_" + text)
    }
    position = start
    let argument = try parseArgument()
    let index = tree.symbolIndex(Symbol(name + "_"))
    return tree.add(.application, [argument], payload: index)
  }

  /// The text of a subscript of digits, words or fixed letters; nil when it is an expression.
  private mutating func simpleSubscript() -> String? {
    guard take(.openBrace) else {
      guard kind != nil, let text = subscriptText(tokens[position]) else { return nil }
      position += 1
      return text
    }
    var text = ""
    while let kind, kind != .closeBrace {
      guard let part = kind == .comma ? "," : subscriptText(tokens[position]) else { return nil }
      text += part
      position += 1
    }
    return take(.closeBrace) ? text : nil
  }

  private func subscriptText(_ token: Token) -> String? {
    switch token.kind {
    case .number, .word, .function: return String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
    case .letter:
      if token.flags.contains(.upright) { return letterName(token) }
      return "ijklmn".utf8.contains(UInt8(truncatingIfNeeded: token.code)) ? nil : letterName(token)
    case .symbol: return letterName(token)
    default: return nil
    }
  }

  /// `C_{n}^{k}` with numbers is a binomial coefficient.
  private mutating func parseCombination(_ start: Int) throws(ParseFailure) -> Int32? {
    guard kind == .caret else { return nil }
    let mark = position
    position = start
    let upper = try parseArgument()
    guard tree.integerExponent(upper) != nil else {
      position = mark
      return nil
    }
    position = mark + 1
    let lower = try parseArgument()
    return tree.add(.binomial, [upper, lower])
  }

  // MARK: - Functions with a name

  /// `f(x)` for letters that usually name functions, or for a plain argument as in `P(A)` and `I(0)`.
  private mutating func parseApplication(_ name: String) throws(ParseFailure) -> Int32 {
    var primes = ""
    var look = position
    if isInverseMark(look), Parser.functionLetters.contains(name) {
      look += 5
      primes = "^{-1}"
    }
    while look < end, tokens[look].kind == .prime {
      primes += "'"
      look += 1
    }
    guard look < end, tokens[look].kind == .openParenthesis, namesFunction(name, look) else { return symbolNode(name) }
    position = look
    let arguments = try parseArgumentList()
    return tree.add(.application, arguments, payload: tree.symbolIndex(Symbol(name + primes + "()")))
  }

  private static let functionLetters: Set<String> = [
    "f", "g", "h", "F", "G", "H", "Phi", "Psi", "phi", "psi", "varphi",
  ]

  /// `^{-1}` before an opening parenthesis.
  private func isInverseMark(_ index: Int) -> Bool {
    guard index + 5 < end else { return false }
    let kinds = tokens[index...(index + 5)].map(\.kind)
    guard kinds == [.caret, .openBrace, .minus, .number, .closeBrace, .openParenthesis] else { return false }
    let digits = tokens[index + 3]
    return digits.end - digits.start == 1 && bytes[Int(digits.start)] == UInt8(ascii: "1")
  }

  private func namesFunction(_ name: String, _ opening: Int) -> Bool {
    if Parser.functionLetters.contains(name) {
      return !(opening > 0 && tokens[opening].flags.contains(.spaced) && tokens[opening - 1].kind == .number)
    }
    guard opening + 2 < end, tokens[opening + 2].kind == .closeParenthesis else { return false }
    let inner = tokens[opening + 1]
    switch inner.kind {
    case .number: return !Parser.isProductLike(name)
    case .letter:
      let letter = UInt8(truncatingIfNeeded: inner.code)
      if letterName(inner) == name { return false }
      return "txznsABCXY".utf8.contains(letter)
    default: return false
    }
  }

  /// Letters that stand before a bracketed number as a factor more often than as a function.
  private static func isProductLike(_ name: String) -> Bool {
    ["x", "y", "z", "n", "m", "k", "a", "b", "c", "r", "pi"].contains(name)
  }
}
