/// Why an answer has no syntax tree.
enum ParseFailure: Error {
  /// The grammar does not cover it.
  case syntax
  /// It is prose.
  case words
  /// Brackets are nested deeper than the limit.
  case depth
  /// It is empty.
  case empty
}

/// A recursive-descent parser over tokens with a depth limit.
///
/// Nodes are appended in post-order, so each subtree is a contiguous stretch that ends at its root.
struct Parser {
  let bytes: [UInt8]
  var tokens: [Token]
  var tree = SyntaxTree()
  var position = 0
  var end: Int
  private var depth = 0
  private let depthLimit: Int
  /// Open absolute bars and set-builder bars: a bar ends the expression before it.
  var barCloses = 0
  /// A colon ends the expression before it, as in `\{x : x > 0\}`.
  var colonCloses = 0
  /// The unit that ended the last product.
  var unit: MeasurementUnit?
  /// Letters that the enclosing sums and integrals bind.
  var boundLetters: [Int32] = []

  init(bytes: [UInt8], tokens: [Token], depthLimit: Int) {
    self.bytes = bytes
    self.tokens = tokens
    self.depthLimit = depthLimit
    end = tokens.count
    tree.nodes.reserveCapacity(tokens.count + 4)
    tree.children.reserveCapacity(tokens.count + 4)
  }

  var kind: TokenKind? { position < end ? tokens[position].kind : nil }

  func kind(at offset: Int) -> TokenKind? { position + offset < end ? tokens[position + offset].kind : nil }

  mutating func take(_ expected: TokenKind) -> Bool {
    guard kind == expected else { return false }
    position += 1
    return true
  }

  mutating func expect(_ expected: TokenKind) throws(ParseFailure) {
    guard take(expected) else { throw .syntax }
  }

  mutating func enter() throws(ParseFailure) {
    depth += 1
    if depth > depthLimit { throw .depth }
  }

  mutating func leave() { depth -= 1 }

  /// The whole answer.
  mutating func parseAnswer() throws(ParseFailure) -> Int32 {
    guard position < end else { throw .empty }
    let node = try parseInfix(after: try parseList())
    guard position == end else { throw kind == .word ? .words : .syntax }
    if tree.isTooHigh { throw .depth }
    return node
  }

  /// Members separated by commas, semicolons, "and" and "or"; a single member is itself.
  mutating func parseList() throws(ParseFailure) -> Int32 {
    var members = [try parseRelation()]
    var conjunctions: Int32 = 0
    while let separator = separatorFlag {
      let mark = position
      while let flag = separatorFlag {
        conjunctions |= flag
        position += 1
      }
      if position >= end || isClosing(kind) {
        // A comma at the very end separates nothing.
        if separator != 1 { position = mark }
        break
      }
      members.append(try parseRelation())
    }
    return members.count == 1 ? members[0] : tree.add(.list, members, payload: conjunctions)
  }

  /// 1 for a comma or semicolon, 2 for "and", 4 for "or".
  private var separatorFlag: Int32? {
    switch kind {
    case .comma, .semicolon: return 1
    case .and: return 2
    case .or: return 4
    default: return nil
    }
  }

  func isClosing(_ kind: TokenKind?) -> Bool {
    switch kind {
    case .closeParenthesis, .closeBracket, .closeBrace, .closeSet, .closeAngle, .closeAbsolute, .closeFloor,
      .closeCeiling, .end, .ampersand, .rowBreak, nil:
      return true
    default: return false
    }
  }

  /// A chain of relations, or a single expression.
  mutating func parseRelation() throws(ParseFailure) -> Int32 {
    if kind == .approximately || kind == .equals { position += 1 }
    var members = [try parseSetExpression()]
    let firstOperator = tree.operators.count
    var operators: [TokenKind] = []
    while let operation = kind, Parser.isRelation(operation) {
      position += 1
      members.append(try parseSetExpression())
      operators.append(operation)
    }
    if operators.isEmpty { return members[0] }
    if kind == .parenthesizedModulo { return try parseCongruence(members, operators) }
    tree.operators.append(contentsOf: operators)
    return tree.add(.relation, members, payload: Int32(firstOperator))
  }

  /// `a \equiv b \pmod{m}`.
  private mutating func parseCongruence(
    _ members: [Int32], _ operators: [TokenKind]
  ) throws(ParseFailure) -> Int32 {
    position += 1
    let modulus = try parseArgument()
    guard operators == [.congruent] || operators == [.equals] else { throw .syntax }
    return tree.add(.congruence, members + [modulus])
  }

  static func isRelation(_ kind: TokenKind) -> Bool {
    switch kind {
    case .equals, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .approximately, .congruent, .element:
      return true
    default: return false
    }
  }

  /// Unions, intersections and differences of sets.
  private mutating func parseSetExpression() throws(ParseFailure) -> Int32 {
    var left = try parseRatio()
    while let operation = kind {
      let node: NodeKind
      switch operation {
      case .union: node = .union
      case .intersection: node = .intersection
      case .difference: node = .difference
      default: return left
      }
      position += 1
      var members = [left, try parseRatio()]
      while kind == operation && node == .union {
        position += 1
        members.append(try parseRatio())
      }
      left = tree.add(node, members)
    }
    return left
  }

  /// `a : b : c` or `a to b`.
  private mutating func parseRatio() throws(ParseFailure) -> Int32 {
    var members = [try parseSum()]
    while (kind == .colon && colonCloses == 0) || kind == .ratioWord {
      position += 1
      members.append(try parseSum())
    }
    return members.count == 1 ? members[0] : tree.add(.ratio, members)
  }
}
