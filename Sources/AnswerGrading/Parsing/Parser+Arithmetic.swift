extension Parser {
  /// Signed terms.
  mutating func parseSum() throws(ParseFailure) -> Int32 {
    var terms = [try parseSignedTerm()]
    while let sign = kind {
      switch sign {
      case .plus, .minus, .plusMinus, .minusPlus: terms.append(try parseSignedTerm())
      default: return try finishSum(terms)
      }
    }
    return try finishSum(terms)
  }

  /// The sum with the unit at its end, if there is one.
  private mutating func finishSum(_ terms: [Int32]) throws(ParseFailure) -> Int32 {
    let node = terms.count == 1 ? terms[0] : tree.add(.sum, terms)
    guard let found = unit else { return node }
    unit = nil
    let quantity = tree.add(.quantity, [node], payload: Int32(tree.units.count))
    tree.units.append(found)
    guard kind == .number else { return quantity }
    // "2 hours 30 minutes"
    guard found.isTime else { throw .words }
    let rest = try parseSum()
    guard tree.kind(rest) == .quantity || tree.kind(rest) == .list else { throw .words }
    let parts = tree.kind(rest) == .list ? Array(tree.childList(rest)) : [rest]
    return tree.add(.list, [quantity] + parts, payload: 8)
  }

  /// A term with any number of signs before it.
  private mutating func parseSignedTerm() throws(ParseFailure) -> Int32 {
    var negative = false
    var double: NodeKind?
    while let sign = kind {
      switch sign {
      case .plus: break
      case .minus: negative.toggle()
      case .plusMinus: double = .plusMinus
      case .minusPlus: double = .minusPlus
      default:
        return try finishTerm(try parseProduct(), negative, double)
      }
      position += 1
    }
    throw .syntax
  }

  private mutating func finishTerm(
    _ term: Int32, _ negative: Bool, _ double: NodeKind?
  ) throws(ParseFailure) -> Int32 {
    var node = term
    if negative && tree.kind(term) == .modulo {
      // A sign belongs to the dividend: -1 mod 2 is 1.
      let dividend = tree.add(.negation, [tree.child(term, 0)])
      node = tree.add(.modulo, [dividend, tree.child(term, 1)])
    } else if negative {
      node = tree.add(.negation, [node])
    }
    if let double {
      node = tree.add(double, [node], payload: tree.doubleSigns)
      tree.doubleSigns += 1
      if double == .minusPlus { tree.hasMinusPlus = true }
    }
    return node
  }

  /// Factors joined by signs of multiplication and division or by standing side by side.
  mutating func parseProduct() throws(ParseFailure) -> Int32 {
    var factors = [try parsePower()]
    while let next = kind {
      switch next {
      case .times:
        position += 1
        factors.append(try parseSignedPower())
      case .divide:
        position += 1
        let divisor = try parseDivisor()
        factors = [tree.add(.quotient, [finishProduct(factors), divisor])]
      case .modulo:
        position += 1
        factors = [tree.add(.modulo, [finishProduct(factors), try parseSignedPower()])]
      default:
        if next == .word, let scale = scaleWord {
          position += 1
          factors.append(tree.addInteger(scale))
          continue
        }
        if startsUnit && unit == nil, try parseUnit() { return finishProduct(factors) }
        guard startsFactor(next) else { return finishProduct(factors) }
        try appendSideBySide(&factors)
      }
    }
    return finishProduct(factors)
  }

  private mutating func finishProduct(_ factors: [Int32]) -> Int32 {
    factors.count == 1 ? factors[0] : tree.add(.product, factors)
  }

  /// A factor after an explicit sign of operation, which may carry a sign of its own.
  private mutating func parseSignedPower() throws(ParseFailure) -> Int32 {
    var negative = false
    while kind == .minus || kind == .plus {
      if kind == .minus { negative.toggle() }
      position += 1
    }
    let node = try parsePower()
    return negative ? tree.add(.negation, [node]) : node
  }

  /// What is under a slash: one factor, or a run of single variables as in `h/RC`.
  private mutating func parseDivisor() throws(ParseFailure) -> Int32 {
    var parts = [try parseSignedPower()]
    while tree.kind(parts[parts.count - 1]) == .symbol, kind == .letter, !tokens[position].flags.contains(.spaced),
      !tokens[position].flags.contains(.upright)
    {
      parts.append(try parsePower())
    }
    return finishProduct(parts)
  }

  /// A factor without a sign of multiplication; a whole number and a fraction make a mixed number.
  private mutating func appendSideBySide(_ factors: inout [Int32]) throws(ParseFailure) {
    if kind == .number {
      guard isPlainInteger(factors[factors.count - 1]) || tree.kind(factors[factors.count - 1]) != .number else {
        throw .syntax
      }
      try appendNumber(&factors)
      return
    }
    let previous = factors[factors.count - 1]
    let mayBeMixed = kind == .fraction && isPlainInteger(previous) && tokens[position - 1].kind == .number
    let next = try mayBeMixed ? parsePrimary() : parsePower()
    if mayBeMixed && isNumericFraction(next) {
      factors[factors.count - 1] = try parsePostfix(of: tree.add(.sum, [previous, next]))
    } else {
      factors.append(mayBeMixed ? try parsePostfix(of: next) : next)
    }
  }

  /// `1 1/2` and `3 1\frac{1}{2}`; other numbers side by side mean nothing.
  private mutating func appendNumber(_ factors: inout [Int32]) throws(ParseFailure) {
    let previous = factors[factors.count - 1]
    let afterNumber = tree.kind(previous) == .number
    if kind(at: 1) == .divide && kind(at: 2) == .number && afterNumber {
      let top = try parsePrimary()
      position += 1
      let bottom = try parsePrimary()
      let fraction = tree.add(.quotient, [top, bottom])
      guard isNumericFraction(fraction) else { throw .syntax }
      factors[factors.count - 1] = tree.add(.sum, [previous, fraction])
    } else if kind(at: 1) == .fraction || !afterNumber {
      factors.append(try parsePower())
    } else {
      throw .syntax
    }
  }

  private func isPlainInteger(_ node: Int32) -> Bool {
    guard tree.kind(node) == .number else { return false }
    let literal = tree.literals[Int(tree.nodes[Int(node)].payload)]
    return !literal.isDecimal && !literal.isRepeating
  }

  private func isNumericFraction(_ node: Int32) -> Bool {
    tree.kind(node) == .quotient && isPlainInteger(tree.child(node, 0)) && isPlainInteger(tree.child(node, 1))
  }

  func startsFactor(_ kind: TokenKind) -> Bool {
    switch kind {
    case .number, .letter, .symbol, .function, .bigOperator, .openParenthesis, .openBracket, .openBrace, .openSet,
      .openAngle, .openAbsolute, .openFloor, .openCeiling, .fraction, .binomial, .root, .overline, .accent,
      .vectorAccent, .infinity, .begin, .angle, .numberSet, .emptySet:
      return true
    case .bar: return barCloses == 0
    default: return false
    }
  }

  /// A primary with its powers, factorials, percent and degree signs.
  mutating func parsePower() throws(ParseFailure) -> Int32 {
    try parsePostfix(of: try parsePrimary())
  }

  private mutating func parsePostfix(of primary: Int32) throws(ParseFailure) -> Int32 {
    var node = primary
    while let next = kind {
      switch next {
      case .caret:
        position += 1
        node = try parseExponent(of: node)
      case .factorial:
        node = parseFactorial(of: node)
      case .percent:
        position += 1
        node = tree.add(.percent, [node])
      case .degree:
        position += 1
        node = try parseMinutes(after: tree.add(.degree, [node]))
      case .prime where tree.kind(node) == .symbol:
        position += 1
        node = primed(node)
      case .underscore:
        position += 1
        node = try parseBase(of: node)
      default: return node
      }
    }
    return node
  }

  private mutating func parseFactorial(of base: Int32) -> Int32 {
    var node = base
    while kind == .factorial {
      position += 1
      if kind == .factorial {
        position += 1
        node = tree.add(.doubleFactorial, [node])
      } else {
        node = tree.add(.factorial, [node])
      }
    }
    return node
  }

  private mutating func primed(_ node: Int32) -> Int32 {
    let symbol = tree.symbols[Int(tree.nodes[Int(node)].payload)]
    let index = tree.symbolIndex(Symbol(symbol.name + "'"))
    return tree.add(.symbol, [], payload: index)
  }

  private mutating func parseExponent(of base: Int32) throws(ParseFailure) -> Int32 {
    if takeDegree() { return try parseMinutes(after: tree.add(.degree, [base])) }
    if takePrime() {
      guard tree.kind(base) == .symbol else { throw .syntax }
      return primed(base)
    }
    let exponent = try parseExponentValue()
    return tree.add(.power, [base, exponent])
  }

  private mutating func parseExponentValue() throws(ParseFailure) -> Int32 {
    if kind == .openBrace { return try parseRaised(try parseGroup()) }
    var negative = false
    while kind == .minus || kind == .plus {
      if kind == .minus { negative.toggle() }
      position += 1
    }
    let node = try parseRaised(try parsePrimary())
    return negative ? tree.add(.negation, [node]) : node
  }

  /// Powers are right-associative.
  private mutating func parseRaised(_ base: Int32) throws(ParseFailure) -> Int32 {
    guard kind == .caret else { return base }
    position += 1
    try enter()
    defer { leave() }
    return tree.add(.power, [base, try parseExponentValue()])
  }

  /// `\circ` or `{\circ}` after a caret.
  private mutating func takeDegree() -> Bool { takeSuperscript { $0.kind == .degree || Parser.isCircle($0) } }

  private mutating func takePrime() -> Bool { takeSuperscript { $0.kind == .prime } }

  private static func isCircle(_ token: Token) -> Bool {
    token.kind == .symbol && Commands.symbolNames[Int(token.code)] == "circ"
  }

  private mutating func takeSuperscript(_ matches: (Token) -> Bool) -> Bool {
    if position < end, matches(tokens[position]) {
      position += 1
      return true
    }
    if kind == .openBrace, position + 2 < end, matches(tokens[position + 1]), tokens[position + 2].kind == .closeBrace {
      position += 3
      return true
    }
    return false
  }

  /// `63^\circ 45'`: minutes and seconds of arc after degrees.
  private mutating func parseMinutes(after degrees: Int32) throws(ParseFailure) -> Int32 {
    var node = degrees
    var divisor: Int64 = 60
    while kind == .number, divisor <= 3_600 {
      let mark = position
      let value = try parsePrimary()
      _ = take(.caret)
      guard takePrime() else {
        position = mark
        return node
      }
      if divisor == 3_600 { _ = takePrime() }
      let scale = tree.addInteger(divisor)
      node = tree.add(.sum, [node, tree.add(.degree, [tree.add(.quotient, [value, scale])])])
      divisor *= 60
    }
    return node
  }
}

extension SyntaxTree {
  mutating func addInteger(_ value: Int64) -> Int32 {
    literals.append(
      Literal(
        value: .rational(value, 1), significantDigits: 0, decimalPlaces: 0, isDecimal: false, isRepeating: false))
    return add(.number, [], payload: Int32(literals.count - 1))
  }
}
