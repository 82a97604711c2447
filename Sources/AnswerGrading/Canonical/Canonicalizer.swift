/// Why a scalar or a structure has no form by value.
enum CanonicalFailure: Error {
  /// Undefined, or outside what the arithmetic covers.
  case undefined
  /// More work than the budget allows.
  case budget
}

/// Turns a syntax tree into a form with a class key.
struct Canonicalizer {
  let tree: SyntaxTree
  let limits: GraderLimits
  var evaluator: Evaluator
  var modular: ModularEvaluator
  /// A part has no value and was keyed by its structure.
  var usedStructure = false
  /// The unit vectors of the answer.
  let axes: [UnitAxis]?
  /// The constant that the last expression with variables turned out to be.
  var collapsed: Number?

  init(_ tree: SyntaxTree, _ limits: GraderLimits) {
    self.tree = tree
    self.limits = limits
    evaluator = Evaluator(tree, budget: limits.operations, exactBits: limits.exactBits)
    modular = ModularEvaluator(tree)
    axes = UnitAxis.axes(of: tree)
    evaluator.capitalImaginary = Canonicalizer.capitalImaginary(tree)
  }

  /// The symbol `I` where it is the only variable among constants, as computer algebra writes the imaginary unit.
  private static func capitalImaginary(_ tree: SyntaxTree) -> Int32 {
    guard tree.symbols.count == 1, tree.symbols[0].name == "I" else { return -1 }
    return tree.nodes.contains { $0.kind == .number || $0.kind == .pi || $0.kind == .euler } ? 0 : -1
  }

  mutating func form(_ node: Int32) throws(CanonicalFailure) -> Form {
    switch tree.kind(node) {
    case .relation: return try relation(node)
    case .list: return try list(node)
    case .set: return try set(node)
    case .parenthesized: return try parenthesized(node)
    case .bracketed: return try bracketed(node)
    case .angled: return try tuple(node)
    case .halfOpenLeft, .halfOpenRight: return try halfOpen(node)
    case .matrix: return try matrix(node)
    case .union, .intersection, .difference: return try setOperation(node)
    case .setBuilder: return try setBuilder(node)
    case .numberSet, .emptySet, .dots: return namedSet(node)
    case .ratio: return try ratio(node)
    case .quantity: return try quantity(node)
    case .base: return base(node)
    case .congruence: return try congruence(node)
    default: return try expression(node)
    }
  }

  /// The kinds of nodes in a subtree that are not scalars.
  func firstCompound(_ node: Int32) -> NodeKind? {
    for index in tree.nodes[Int(node)].first...node {
      let kind = tree.nodes[Int(index)].kind
      if kind.rawValue >= NodeKind.relation.rawValue { return kind }
    }
    return nil
  }

  private mutating func expression(_ node: Int32) throws(CanonicalFailure) -> Form {
    if let compound = firstCompound(node) {
      switch compound {
      case .matrix, .parenthesized, .angled, .bracketed: return try matrixExpression(node)
      case .numberSet, .set:
        if let form = try setDifference(node) { return form }
        throw .undefined
      case .quantity where tree.kind(node) == .percent || tree.kind(node) == .negation:
        return try form(tree.child(node, 0))
      default: throw .undefined
      }
    }
    if tree.doubleSigns > 0, let form = try doubleSigned(node) { return form }
    if let vector = try unitVectors(node) { return vector }
    return try scalar(node)
  }

  /// An expression with plus-minus signs stands for the list of its values.
  private mutating func doubleSigned(_ node: Int32) throws(CanonicalFailure) -> Form? {
    let signs = signBits(node)
    if signs.isEmpty { return nil }
    guard signs.count <= 6 else { throw .budget }
    var members: [Form] = []
    for choice in 0..<(1 << signs.count) {
      evaluator.signs = 0
      for (place, bit) in signs.enumerated() where (choice >> place) & 1 == 1 { evaluator.signs |= 1 << bit }
      members.append(try scalar(node))
    }
    evaluator.signs = 0
    return collection(members, isSet: true, isBare: true)
  }

  /// The bits of the plus-minus signs of a subtree.
  private func signBits(_ node: Int32) -> [UInt64] {
    var bits: [UInt64] = []
    for index in tree.nodes[Int(node)].first...node {
      let entry = tree.nodes[Int(index)]
      guard entry.kind == .plusMinus || entry.kind == .minusPlus else { continue }
      if tree.hasMinusPlus { return [0] }
      bits.append(UInt64(min(entry.payload, 63)))
    }
    return bits
  }
}
