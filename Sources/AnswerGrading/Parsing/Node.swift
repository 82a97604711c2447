/// What a node of the syntax tree is.
enum NodeKind: UInt8 {
  // Scalars.
  case number
  case symbol
  case pi
  case euler
  case imaginaryUnit
  case infinity
  case sum
  case product
  case negation
  case quotient
  case modulo
  case power
  case root
  case factorial
  case doubleFactorial
  case binomial
  case absolute
  case floor
  case ceiling
  case function
  case logarithm
  case application
  case plusMinus
  case minusPlus
  case percent
  case degree
  case sumOver
  case productOver
  case integral
  case structure
  /// Start of the body of an operator with bounds: evaluation jumps over it.
  case skip
  // Answers that are not scalars.
  case relation
  case list
  case set
  case parenthesized
  case bracketed
  case angled
  case halfOpenLeft
  case halfOpenRight
  case matrix
  case union
  case intersection
  case difference
  case setBuilder
  case numberSet
  case emptySet
  case ratio
  case quantity
  case base
  case dots
  case time
  case congruence
}

/// One node; children lie next to each other in the tree's child array.
struct Node {
  var kind: NodeKind
  /// Only rational numbers, variables and the four operations below, powers with small integer exponents included.
  var isRational: Bool
  /// A variable occurs below.
  var hasSymbols: Bool
  /// Index of the first node of the subtree; subtrees are contiguous and end at their root.
  var first: Int32
  var children: Int32
  var count: Int32
  /// Index of a number, a symbol or a code; meaning depends on the kind.
  var payload: Int32
  /// The longest way down to a leaf.
  var height: Int32
}

/// A variable or a named quantity.
struct Symbol {
  let name: String
  let hash: UInt64
  /// Stands for natural numbers (`n`, `N`).
  var isNatural: Bool
  /// Negative at the last sample point.
  var isNegative: Bool
  /// A unit vector i, j or k written in bold, under a hat or under an arrow.
  var unitVector: Int8

  private static let negatives: Set<String> = ["x", "a", "p", "t", "u", "r", "k", "s", "theta", "alpha", "A", "X", "P"]

  init(_ name: String, unitVector: Int8 = 0) {
    self.name = name
    hash = KeyBuilder.mix(Commands.hash(name.utf8))
    isNatural = name == "n" || name == "N"
    isNegative = Symbol.negatives.contains(name)
    self.unitVector = unitVector
  }
}

/// A number as it was written.
struct Literal {
  var value: Number
  /// Digits that count, from the first that is not zero; zero for values written as integers.
  var significantDigits: Int32
  /// Decimal places after the exponent has been applied.
  var decimalPlaces: Int32
  var isDecimal: Bool
  var isRepeating: Bool
  /// A dollar sign stands before it.
  var isMoney = false
}

/// The syntax tree of one answer, in flat arrays.
struct SyntaxTree {
  var nodes: [Node] = []
  var children: [Int32] = []
  var literals: [Literal] = []
  var symbols: [Symbol] = []
  /// Relation operators of the chains, in order.
  var operators: [TokenKind] = []
  var units: [MeasurementUnit] = []
  /// Places of the symbols by hash, once there are many.
  private var symbolTable: [UInt64: Int32] = [:]
  /// The tree is higher than what recursive passes over it may take on a small stack.
  private(set) var isTooHigh = false
  private static let heightLimit: Int32 = 200
  /// A minus-plus sign ties all double signs together.
  var hasMinusPlus = false
  /// How many plus-minus signs there are.
  var doubleSigns: Int32 = 0

  func child(_ node: Int32, _ index: Int) -> Int32 {
    children[Int(nodes[Int(node)].children) + index]
  }

  func kind(_ node: Int32) -> NodeKind { nodes[Int(node)].kind }

  func count(_ node: Int32) -> Int { Int(nodes[Int(node)].count) }

  func childList(_ node: Int32) -> ArraySlice<Int32> {
    let entry = nodes[Int(node)]
    return children[Int(entry.children)..<Int(entry.children + entry.count)]
  }

  mutating func symbolIndex(_ symbol: Symbol) -> Int32 {
    if symbols.count < 16 {
      for (index, known) in symbols.enumerated() where known.hash == symbol.hash { return Int32(index) }
    } else {
      if symbolTable.isEmpty { for (index, known) in symbols.enumerated() { symbolTable[known.hash] = Int32(index) } }
      if let known = symbolTable[symbol.hash] { return known }
      symbolTable[symbol.hash] = Int32(symbols.count)
    }
    symbols.append(symbol)
    return Int32(symbols.count - 1)
  }

  /// Appends a node above parts that are already in the tree.
  mutating func add(_ kind: NodeKind, _ parts: [Int32], payload: Int32 = 0) -> Int32 {
    var first = Int32(nodes.count)
    var rational = isRationalKind(kind, parts)
    var symbolic = kind == .symbol || kind == .application
    var height: Int32 = 0
    for part in parts {
      let node = nodes[Int(part)]
      height = max(height, node.height + 1)
      first = min(first, node.first)
      rational = rational && node.isRational
      symbolic = symbolic || node.hasSymbols
    }
    if symbolic && parts.count == 3 { symbolic = hasFreeSymbols(kind, parts, payload) }
    if height > SyntaxTree.heightLimit { isTooHigh = true }
    nodes.append(
      Node(
        kind: kind, isRational: rational, hasSymbols: symbolic, first: first, children: Int32(children.count),
        count: Int32(parts.count), payload: payload, height: height))
    children.append(contentsOf: parts)
    return Int32(nodes.count - 1)
  }

  /// Sums, products and integrals bind their variable.
  private func hasFreeSymbols(_ kind: NodeKind, _ parts: [Int32], _ variable: Int32) -> Bool {
    guard kind == .sumOver || kind == .productOver || kind == .integral else { return true }
    if nodes[Int(parts[0])].hasSymbols || nodes[Int(parts[1])].hasSymbols { return true }
    for index in nodes[Int(parts[2])].first...parts[2] {
      let node = nodes[Int(index)]
      if node.kind == .application || (node.kind == .symbol && node.payload != variable) { return true }
    }
    return false
  }

  private func isRationalKind(_ kind: NodeKind, _ parts: [Int32]) -> Bool {
    switch kind {
    case .number, .symbol, .sum, .product, .negation, .quotient, .percent, .skip: return true
    case .power: return integerExponent(parts[1]) != nil
    default: return false
    }
  }

  /// The value of a literal integer below 2^40 in magnitude, with or without a sign.
  func integerExponent(_ node: Int32) -> Int64? {
    switch kind(node) {
    case .number:
      guard let value = literals[Int(nodes[Int(node)].payload)].value.integer, value.magnitude < 1 << 40 else {
        return nil
      }
      return value
    case .negation: return integerExponent(child(node, 0)).map { -$0 }
    default: return nil
    }
  }
}
