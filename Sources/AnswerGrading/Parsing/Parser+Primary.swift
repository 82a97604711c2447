extension Parser {
  /// A number, a symbol, a function with its argument or anything in brackets.
  mutating func parsePrimary() throws(ParseFailure) -> Int32 {
    guard position < end else { throw .syntax }
    let token = tokens[position]
    switch token.kind {
    case .number: return try parseNumber()
    case .letter, .symbol, .angle, .accent, .vectorAccent, .overline: return try parseSymbol()
    case .openBrace: return try parseGroup()
    case .word: throw .words
    default: break
    }
    try enter()
    defer { leave() }
    return try parseCompound(token)
  }

  /// What has parts of its own.
  private mutating func parseCompound(_ token: Token) throws(ParseFailure) -> Int32 {
    switch token.kind {
    case .function: return try parseFunction()
    case .bigOperator: return try parseBigOperator()
    case .fraction, .binomial: return try parseFraction(token.kind)
    case .root: return try parseRoot()
    case .openParenthesis, .openBracket: return try parseBrackets()
    case .openSet: return try parseSet()
    case .begin: return try parseEnvironment()
    default: return try parseDelimited(token)
    }
  }

  /// Constants and paired delimiters.
  private mutating func parseDelimited(_ token: Token) throws(ParseFailure) -> Int32 {
    position += 1
    switch token.kind {
    case .infinity: return tree.add(.infinity, [])
    case .emptySet: return tree.add(.emptySet, [])
    case .numberSet: return try parseNumberSet(token)
    case .dots: return tree.add(.dots, [])
    case .openAngle: return try parseVector()
    case .openAbsolute: return try parseEnclosed(.absolute, by: .closeAbsolute)
    case .bar: return try parseBars()
    case .openFloor: return try parseEnclosed(.floor, by: .closeFloor)
    case .openCeiling: return try parseEnclosed(.ceiling, by: .closeCeiling)
    default: throw .syntax
    }
  }

  private mutating func parseNumber() throws(ParseFailure) -> Int32 {
    let token = tokens[position]
    position += 1
    guard var literal = LiteralReader.read(bytes[Int(token.start)..<Int(token.end)]) else { throw .syntax }
    literal.isMoney = token.flags.contains(.money)
    if literal.isDecimal, kind == .dots,
      let repeating = LiteralReader.repeated(bytes[Int(token.start)..<Int(token.end)])
    {
      position += 1
      literal = repeating
    }
    tree.literals.append(literal)
    return tree.add(.number, [], payload: Int32(tree.literals.count - 1))
  }

  private mutating func parseNumberSet(_ token: Token) throws(ParseFailure) -> Int32 {
    var code = token.code
    // \mathbb{Z}^+, \mathbb{R}_{+}: a set of its own, told apart by the sign.
    while kind == .caret || kind == .underscore {
      position += 1
      let braced = take(.openBrace)
      guard let sign = kind else { throw .syntax }
      position += 1
      code = code &* 31 &+ Int32(sign.rawValue)
      if braced { try expect(.closeBrace) }
    }
    return tree.add(.numberSet, [], payload: code)
  }

  private mutating func parseEnclosed(_ node: NodeKind, by closing: TokenKind) throws(ParseFailure) -> Int32 {
    let bars = barCloses
    barCloses = 0
    defer { barCloses = bars }
    let inner = try parseSum()
    try expect(closing)
    return tree.add(node, [inner])
  }

  /// `|x|`.
  private mutating func parseBars() throws(ParseFailure) -> Int32 {
    barCloses += 1
    let inner: Int32
    do { inner = try parseSum() } catch {
      barCloses -= 1
      throw error
    }
    barCloses -= 1
    try expect(.bar)
    return tree.add(.absolute, [inner])
  }

  private mutating func parseVector() throws(ParseFailure) -> Int32 {
    let inner = try parseList()
    try expect(.closeAngle)
    return tree.add(.angled, tree.kind(inner) == .list ? Array(tree.childList(inner)) : [inner])
  }

  /// `{...}` that groups.
  mutating func parseGroup() throws(ParseFailure) -> Int32 {
    try expect(.openBrace)
    try enter()
    defer { leave() }
    let bars = barCloses
    barCloses = 0
    defer { barCloses = bars }
    let inner = try parseInfix(after: try parseList())
    try expect(.closeBrace)
    return inner
  }

  /// `a \over b` and `n \choose k` split the group that they stand in.
  mutating func parseInfix(after upper: Int32) throws(ParseFailure) -> Int32 {
    guard kind == .over || kind == .choose else { return upper }
    let node: NodeKind = kind == .over ? .quotient : .binomial
    position += 1
    return tree.add(node, [upper, try parseList()])
  }

  /// An argument of a command: a group, one digit or one token.
  mutating func parseArgument() throws(ParseFailure) -> Int32 {
    if kind == .openBrace { return try parseGroup() }
    guard kind == .number else { return try parsePrimary() }
    let token = tokens[position]
    guard token.end - token.start > 1 else { return try parsePrimary() }
    tokens[position].start += 1
    tokens[position].flags.remove(.spaced)
    tree.literals.append(
      Literal(
        value: .rational(Int64(bytes[Int(token.start)]) - 48, 1), significantDigits: 1, decimalPlaces: 0,
        isDecimal: false, isRepeating: false))
    return tree.add(.number, [], payload: Int32(tree.literals.count - 1))
  }

  private mutating func parseFraction(_ kind: TokenKind) throws(ParseFailure) -> Int32 {
    position += 1
    let top = try parseArgument()
    let bottom = try parseArgument()
    return tree.add(kind == .fraction ? .quotient : .binomial, [top, bottom])
  }

  /// `\sqrt[n]{x}`, `\sqrt2`, `sqrt(3)`.
  private mutating func parseRoot() throws(ParseFailure) -> Int32 {
    position += 1
    if kind == .openBracket {
      position += 1
      let index = try parseSum()
      try expect(.closeBracket)
      let radicand = try parseRadicand()
      return tree.add(.root, [index, radicand])
    }
    return tree.add(.root, [try parseRadicand()])
  }

  private mutating func parseRadicand() throws(ParseFailure) -> Int32 {
    if kind == .openBrace { return try parseGroup() }
    return try parsePrimary()
  }
}
