/// Evaluates a subtree exactly, or at one of the sample points, within a budget.
///
/// Subtrees are contiguous, so evaluation is a loop over nodes and not a recursion; only sums and products with bounds
/// call it again for their bodies.
struct Evaluator {
  let tree: SyntaxTree
  var arithmetic: Arithmetic
  var values: [Number]
  /// The sample point, or -1 for constants.
  var point = -1 {
    didSet { arithmetic.allowsAbsorption = point >= 0 }
  }
  /// Signs taken at the plus-minus signs, one bit each.
  var signs: UInt64 = 0
  /// Values that replace those of the sample point.
  var overrides: [(symbol: Int32, value: Number)] = []
  /// What i stands for where it is a unit vector.
  var imaginaryValue: Number?
  /// The imaginary unit is written `I`.
  var capitalImaginary: Int32 = -1

  init(_ tree: SyntaxTree, budget: Int, exactBits: Int) {
    self.tree = tree
    arithmetic = Arithmetic(budget: budget, exactBits: exactBits)
    values = [Number](repeating: .undefined, count: tree.nodes.count)
  }

  mutating func value(of root: Int32) -> Number {
    var index = tree.nodes[Int(root)].first
    while index <= root {
      guard arithmetic.spend(1) else { return .undefined }
      if tree.kind(index) == .skip {
        index = max(index + 1, tree.nodes[Int(index)].payload)
        continue
      }
      values[Int(index)] = step(index)
      index += 1
    }
    return values[Int(root)]
  }

  func childValue(_ node: Int32, _ position: Int) -> Number { values[Int(tree.child(node, position))] }

  private mutating func step(_ index: Int32) -> Number {
    let node = tree.nodes[Int(index)]
    switch node.kind {
    case .number: return tree.literals[Int(node.payload)].value
    case .symbol: return symbolValue(node.payload)
    case .pi: return .real(.pi)
    case .euler: return .real(.euler)
    case .imaginaryUnit: return imaginaryValue ?? .complex(.imaginaryUnit)
    case .infinity: return .infinity(negative: false)
    case .sum: return sum(index, Int(node.count))
    case .product: return product(index, Int(node.count))
    case .negation: return arithmetic.negate(childValue(index, 0))
    case .quotient: return arithmetic.divide(childValue(index, 0), childValue(index, 1))
    case .power: return power(index)
    case .root: return root(index, Int(node.count))
    case .percent: return arithmetic.multiply(childValue(index, 0), .rational(1, 100))
    case .degree: return childValue(index, 0)
    case .plusMinus: return signed(index, flipped: false)
    case .minusPlus: return signed(index, flipped: true)
    default: return function(index, node)
    }
  }

  func symbolValue(_ symbol: Int32) -> Number {
    for entry in overrides.reversed() where entry.symbol == symbol { return entry.value }
    if symbol == capitalImaginary { return .complex(.imaginaryUnit) }
    guard point >= 0 else { return .undefined }
    let (top, bottom) = SamplePoints.value(of: tree.symbols[Int(symbol)], at: point)
    return Number.fraction(top, bottom)
  }

  private mutating func sum(_ index: Int32, _ count: Int) -> Number {
    var total = childValue(index, 0)
    for position in 1..<count { total = arithmetic.add(total, childValue(index, position)) }
    return total
  }

  private mutating func product(_ index: Int32, _ count: Int) -> Number {
    var total = childValue(index, 0)
    for position in 1..<count { total = arithmetic.multiply(total, childValue(index, position)) }
    return total
  }

  /// Plus-minus signs are independent, unless a minus-plus sign ties them together.
  private mutating func signed(_ index: Int32, flipped: Bool) -> Number {
    let node = tree.nodes[Int(index)]
    let bit = tree.hasMinusPlus ? 0 : UInt64(node.payload)
    let negative = ((signs >> min(bit, 63)) & 1 == 1) != flipped
    let value = childValue(index, 0)
    return negative ? arithmetic.negate(value) : value
  }

  private mutating func power(_ index: Int32) -> Number {
    let base = tree.child(index, 0)
    let exponent = childValue(index, 1)
    if tree.kind(base) == .euler { return exponential(exponent) }
    // (b^(1/q))^n is b^(n/q): exact where the result is rational.
    if tree.kind(base) == .root, let power = exponent.integer, let index = rootIndex(base) {
      let radicand = values[Int(tree.child(base, tree.count(base) - 1))]
      return arithmetic.power(radicand, Number.fraction(power, index))
    }
    return arithmetic.power(childValue(index, 0), exponent)
  }

  private func rootIndex(_ node: Int32) -> Int64? {
    if tree.count(node) == 1 { return 2 }
    guard let index = childValue(node, 0).integer, index > 0, index < 1 << 20 else { return nil }
    return index
  }

  private mutating func root(_ node: Int32, _ count: Int) -> Number {
    if count == 1 { return arithmetic.power(childValue(node, 0), .rational(1, 2)) }
    return arithmetic.power(childValue(node, 1), arithmetic.inverse(childValue(node, 0)))
  }

  mutating func exponential(_ value: Number) -> Number {
    if case .infinity(let negative) = value { return negative ? .zero : value }
    if value.isZero { return .one }
    guard arithmetic.spend(250), let argument = value.wideComplex, let result = argument.exponential else {
      return .undefined
    }
    return Number.wide(result)
  }
}
