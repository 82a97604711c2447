import BigInt

/// A polynomial with rational coefficients in expanded form, for printing.
struct Polynomial {
  private typealias Monomial = [Int: Int]
  private var terms: [Monomial: BigRational]
  private let names: [String]

  /// The expansion of an expression; nil when it is no polynomial or has too many terms.
  init?(_ tree: SyntaxTree, _ node: Int32) {
    guard tree.nodes[Int(node)].isRational, tree.symbols.count <= 6,
      node - tree.nodes[Int(node)].first < 200, let terms = Polynomial.expand(tree, node)
    else { return nil }
    self.terms = terms
    names = tree.symbols.map(\.name)
  }

  private static let termLimit = 60
  private static let degreeLimit = 40

  private static func expand(_ tree: SyntaxTree, _ root: Int32) -> [Monomial: BigRational]? {
    let first = tree.nodes[Int(root)].first
    var values: [[Monomial: BigRational]] = []
    for index in first...root {
      let children = tree.childList(index).map { values[Int($0 - first)] }
      guard let value = step(tree, index, children), value.count <= termLimit else { return nil }
      values.append(value)
    }
    return values[values.count - 1]
  }

  private static func step(
    _ tree: SyntaxTree, _ index: Int32, _ children: [[Monomial: BigRational]]
  ) -> [Monomial: BigRational]? {
    let node = tree.nodes[Int(index)]
    switch node.kind {
    case .number:
      guard let value = tree.literals[Int(node.payload)].value.bigRational, value.bits < 512 else { return nil }
      return value.numerator == 0 ? [:] : [[:]: value]
    case .symbol: return [[Int(node.payload): 1]: BigRational(1, 1)]
    case .sum: return children.dropFirst().reduce(children[0]) { add($0, $1) }
    case .negation: return scale(children[0], BigRational(-1, 1))
    case .percent: return scale(children[0], BigRational(1, 100))
    case .product: return product(children)
    case .quotient:
      guard children[1].count == 1, let divisor = children[1][[:]] else { return nil }
      return scale(children[0], BigRational(divisor.denominator, divisor.numerator))
    case .power:
      guard let exponent = tree.integerExponent(tree.child(index, 1)), exponent >= 0, exponent <= 12 else { return nil }
      return product([[Monomial: BigRational]](repeating: children[0], count: Int(exponent)))
    default: return nil
    }
  }

  private static func add(_ left: [Monomial: BigRational], _ right: [Monomial: BigRational]) -> [Monomial: BigRational]
  {
    var result = left
    for (monomial, value) in right {
      let old = result[monomial] ?? BigRational(0, 1)
      let sum = BigRational(
        old.numerator * value.denominator + value.numerator * old.denominator, old.denominator * value.denominator)
      result[monomial] = sum.numerator == 0 ? nil : sum
    }
    return result
  }

  private static func scale(_ terms: [Monomial: BigRational], _ factor: BigRational) -> [Monomial: BigRational] {
    terms.mapValues { BigRational($0.numerator * factor.numerator, $0.denominator * factor.denominator) }
  }

  private static func product(_ factors: [[Monomial: BigRational]]) -> [Monomial: BigRational]? {
    var result: [Monomial: BigRational] = [[:]: BigRational(1, 1)]
    for factor in factors {
      guard result.count * factor.count <= 1_000 else { return nil }
      var next: [Monomial: BigRational] = [:]
      for (monomial, value) in factor {
        let shifted = Dictionary(
          uniqueKeysWithValues: result.map { ($0.key.merging(monomial) { $0 + $1 }, $0.value) })
        next = add(next, scale(shifted, value))
      }
      guard next.count <= termLimit, next.keys.allSatisfy({ $0.values.reduce(0, +) <= degreeLimit }),
        next.values.allSatisfy({ $0.bits < 2_048 })
      else { return nil }
      result = next
    }
    return result
  }

  /// The terms by falling degree, then by the names of their variables.
  var text: String {
    if terms.isEmpty { return "0" }
    let ordered = terms.map { (key: sortKey($0.key), text: term($0.key, $0.value)) }.sorted { $0.key < $1.key }
    var result = ""
    for (_, text) in ordered {
      if result.isEmpty {
        result = text
      } else {
        result += text.hasPrefix("-") ? " - " + text.dropFirst() : " + " + text
      }
    }
    return result
  }

  private func sortKey(_ monomial: Monomial) -> String {
    let degree = monomial.values.reduce(0, +)
    let powers = monomial.map { (names[$0.key], $0.value) }.sorted { $0.0 < $1.0 }
    let body = powers.map { "\($0.0)~\(100 - $0.1)" }.joined(separator: " ")
    return "\(100 + Polynomial.degreeLimit - degree) \(body)"
  }

  private func term(_ monomial: Monomial, _ value: BigRational) -> String {
    let powers = monomial.map { (names[$0.key], $0.value) }.sorted { $0.0 < $1.0 }
    let body = powers.map { name, exponent in
      exponent == 1 ? SymbolName.latex(name) : "{\(SymbolName.latex(name))}^{\(exponent)}"
    }.joined(separator: " ")
    let sign = value.numerator.sign == .minus ? "-" : ""
    let size =
      value.denominator == 1
      ? String(value.numerator.magnitude) : "\\frac{\(String(value.numerator.magnitude))}{\(String(value.denominator))}"
    if body.isEmpty { return sign + size }
    return size == "1" ? sign + body : sign + size + " " + body
  }
}
