extension Parser {
  /// A function with its power, base and argument.
  mutating func parseFunction() throws(ParseFailure) -> Int32 {
    guard let name = FunctionName(rawValue: tokens[position].code) else { throw .syntax }
    position += 1
    var exponent: Int32?
    var base: Int32?
    while kind == .caret || kind == .underscore {
      let isPower = kind == .caret
      position += 1
      if isPower {
        exponent = try parseFunctionPower()
      } else {
        base = try parseLogarithmBase(name)
      }
    }
    let arguments = try parseFunctionArguments(name)
    if let exponent, tree.integerExponent(exponent) == -1, let inverse = name.inverse {
      return tree.add(.function, arguments, payload: inverse.rawValue)
    }
    var node = try functionNode(name, base, arguments)
    if let exponent { node = tree.add(.power, [node, exponent]) }
    return node
  }

  private mutating func parseFunctionPower() throws(ParseFailure) -> Int32 {
    if kind == .openBrace { return try parseGroup() }
    let negative = take(.minus)
    let node = try parseArgument()
    return negative ? tree.add(.negation, [node]) : node
  }

  private mutating func parseLogarithmBase(_ name: FunctionName) throws(ParseFailure) -> Int32 {
    guard name == .logarithm || name == .naturalLogarithm || name == .commonLogarithm else { throw .syntax }
    // `\log_23` is the logarithm of 3; `\log_10 5` has the base 10.
    if kind == .number, let next = kind(at: 1), startsFactor(next) { return try parsePrimary() }
    return try parseArgument()
  }

  private mutating func functionNode(
    _ name: FunctionName, _ base: Int32?, _ arguments: [Int32]
  ) throws(ParseFailure) -> Int32 {
    switch name {
    case .squareRoot: return tree.add(.root, arguments)
    case .absolute: return tree.add(.absolute, arguments)
    case .floor: return tree.add(.floor, arguments)
    case .ceiling: return tree.add(.ceiling, arguments)
    default: break
    }
    guard let base else { return tree.add(.function, arguments, payload: name.rawValue) }
    guard arguments.count == 1 else { throw .syntax }
    return tree.add(.logarithm, [base, arguments[0]])
  }

  /// A bracketed list, or the factors that follow up to a sign, a comma or another function.
  private mutating func parseFunctionArguments(_ name: FunctionName) throws(ParseFailure) -> [Int32] {
    switch kind {
    case .openParenthesis, .openBracket, .openSet, .openBrace:
      let arguments = try parseArgumentList()
      return arguments.count > 1 ? arguments : [try parseTail(of: arguments[0], name)]
    default:
      return [try parseBareArgument()]
    }
  }

  /// Arguments in brackets of any kind, separated by commas.
  mutating func parseArgumentList() throws(ParseFailure) -> [Int32] {
    try enter()
    defer { leave() }
    let closing: TokenKind
    switch kind {
    case .openParenthesis: closing = .closeParenthesis
    case .openBracket: closing = .closeBracket
    case .openSet: closing = .closeSet
    default: closing = .closeBrace
    }
    position += 1
    let bars = barCloses
    let colons = colonCloses
    (barCloses, colonCloses) = (0, 0)
    defer { (barCloses, colonCloses) = (bars, colons) }
    var arguments = [try parseRelation()]
    while take(.comma) || take(.semicolon) { arguments.append(try parseRelation()) }
    try expect(closing)
    return arguments
  }

  /// `\sin{2}x` is the sine of 2x when written with braces; parentheses close the argument.
  private mutating func parseTail(of group: Int32, _ name: FunctionName) throws(ParseFailure) -> Int32 {
    guard tokens[position - 1].kind == .closeBrace else { return group }
    guard kind == .letter || kind == .symbol else { return group }
    let rest = try parseBareArgument()
    return tree.add(.product, [group, rest])
  }

  private mutating func parseBareArgument() throws(ParseFailure) -> Int32 {
    var negative = false
    while kind == .minus || kind == .plus {
      if kind == .minus { negative.toggle() }
      position += 1
    }
    if kind == .function {
      let node = try parsePrimary()
      return negative ? tree.add(.negation, [node]) : node
    }
    var factors = [try parsePower()]
    while let next = kind, continuesArgument(next) {
      let previous = factors[factors.count - 1]
      let node = try parsePower()
      if next == .fraction && tree.kind(previous) == .number && tree.kind(node) == .quotient {
        factors[factors.count - 1] = tree.add(.sum, [previous, node])
      } else {
        factors.append(node)
      }
    }
    let node = factors.count == 1 ? factors[0] : tree.add(.product, factors)
    return negative ? tree.add(.negation, [node]) : node
  }

  private func continuesArgument(_ kind: TokenKind) -> Bool {
    switch kind {
    case .letter: return !tokens[position].flags.contains(.upright) || !startsUnit
    case .symbol, .root, .fraction: return true
    default: return false
    }
  }

  // MARK: - Operators with bounds

  /// `\sum_{k=1}^{n}`, `\prod`, `\int_a^b ... dx`.
  mutating func parseBigOperator() throws(ParseFailure) -> Int32 {
    guard let operation = BigOperator(rawValue: tokens[position].code) else { throw .syntax }
    position += 1
    switch operation {
    case .sum: return try parseSumOver(.sumOver)
    case .product: return try parseSumOver(.productOver)
    case .integral: return try parseIntegral()
    default: throw .syntax
    }
  }

  private mutating func parseSumOver(_ node: NodeKind) throws(ParseFailure) -> Int32 {
    var upper: Int32?
    if take(.caret) { upper = try parseArgument() }
    try expect(.underscore)
    try expect(.openBrace)
    guard kind == .letter || kind == .symbol else { throw .syntax }
    let letter = tokens[position]
    position += 1
    try expect(.equals)
    let lower = try parseSum()
    try expect(.closeBrace)
    if take(.caret) { upper = try parseArgument() }
    guard let upper else { throw .syntax }
    return try parseBody(node, letter, lower, upper)
  }

  private mutating func parseBody(
    _ node: NodeKind, _ letter: Token, _ lower: Int32, _ upper: Int32
  ) throws(ParseFailure) -> Int32 {
    let variable = tree.symbolIndex(Symbol(letterName(letter)))
    let skip = tree.add(.skip, [])
    boundLetters.append(letter.kind == .letter ? letter.code : -1)
    let body = try parseProduct()
    boundLetters.removeLast()
    // The body starts after the marker; evaluation jumps from the marker to the operator.
    tree.nodes[Int(skip)].payload = body + 1
    return tree.add(node, [lower, upper, body], payload: variable)
  }

  private mutating func parseIntegral() throws(ParseFailure) -> Int32 {
    try expect(.underscore)
    let lower = try parseArgument()
    try expect(.caret)
    let upper = try parseArgument()
    guard let differential = differentialIndex() else { throw .syntax }
    let letter = tokens[differential + 1]
    let variable = tree.symbolIndex(Symbol(letterName(letter)))
    let skip = tree.add(.skip, [])
    let outerEnd = end
    end = differential
    boundLetters.append(letter.code)
    let body = try position == differential ? tree.addInteger(1) : parseSum()
    guard position == end else { throw .syntax }
    boundLetters.removeLast()
    end = outerEnd
    position = differential + 2
    tree.nodes[Int(skip)].payload = body + 1
    return tree.add(.integral, [lower, upper, body], payload: variable)
  }

  /// The place of the `d` of `dx`.
  private func differentialIndex() -> Int? {
    var index = position
    while index + 1 < end {
      let token = tokens[index]
      if token.kind == .letter && token.code == 100 && tokens[index + 1].kind == .letter { return index }
      index += 1
    }
    return nil
  }
}

extension FunctionName {
  /// The inverse function that `f^{-1}` means.
  var inverse: FunctionName? {
    switch self {
    case .sine: return .arcSine
    case .cosine: return .arcCosine
    case .tangent: return .arcTangent
    case .cotangent: return .arcCotangent
    case .secant: return .arcSecant
    case .cosecant: return .arcCosecant
    default: return nil
    }
  }
}
