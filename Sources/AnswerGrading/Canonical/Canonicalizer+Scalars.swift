extension Canonicalizer {
  /// A constant or an expression in variables.
  mutating func scalar(_ node: Int32) throws(CanonicalFailure) -> Form {
    if let letters = choiceLetters(node) { return letters }
    var form: Form
    if !tree.nodes[Int(node)].hasSymbols || evaluator.capitalImaginary >= 0 {
      form = try constant(node)
    } else {
      form = Form(.scalar, try variableKey(node))
      form.value = collapsed
      collapsed = nil
      form.valueBeforeLetters = valueBeforeLetters(node)
    }
    annotate(&form, node)
    return form
  }

  private mutating func constant(_ node: Int32) throws(CanonicalFailure) -> Form {
    evaluator.point = -1
    let value = evaluator.value(of: node).recognized
    guard let key = value.classKey else { return try structural(node) }
    var form = Form(.scalar, key)
    form.value = value
    return form
  }

  private mutating func structural(_ node: Int32) throws(CanonicalFailure) -> Form {
    usedStructure = true
    return Form(.scalar, structuralKey(node))
  }

  /// The key of an expression by its values at the sample points.
  private mutating func variableKey(_ node: Int32) throws(CanonicalFailure) -> ClassKey {
    if tree.nodes[Int(node)].isRational && tree.doubleSigns == 0 {
      if let residues = modular.residues(of: node) { return residueKey(residues) }
      return try structural(node).key
    }
    var points: [Number] = []
    for point in 0..<SamplePoints.count {
      evaluator.point = point
      points.append(evaluator.value(of: node).recognized)
    }
    evaluator.point = -1
    let key = try key(ofPoints: points, node)
    guard let steps = stepKey(node) else { return key }
    return KeyBuilder.combine(.residue, [key, steps])
  }

  /// Floors, ceilings and remainders of natural numbers jump between the sample points: their values at 1, ..., 24 count
  /// too, unless these follow a polynomial of low degree.
  private mutating func stepKey(_ node: Int32) -> ClassKey? {
    guard hasSteps(node), let natural = tree.symbols.firstIndex(where: { $0.isNatural }) else { return nil }
    var values: [Number] = []
    evaluator.point = 0
    for sample in 1...24 {
      evaluator.overrides = [(Int32(natural), .rational(Int64(sample), 1))]
      values.append(evaluator.value(of: node).recognized)
    }
    evaluator.overrides = []
    evaluator.point = -1
    let keys = values.map { $0.classKey ?? KeyBuilder(.pointUndefined).key }
    for order in 1...4 {
      for place in stride(from: 23, through: order, by: -1) {
        values[place] = evaluator.arithmetic.subtract(values[place], values[place - 1])
      }
    }
    if values[4...].allSatisfy({ $0.recognized.isZero }) { return nil }
    return KeyBuilder.combine(.residue, keys)
  }

  private func hasSteps(_ node: Int32) -> Bool {
    tree.nodes[Int(tree.nodes[Int(node)].first)...Int(node)].contains {
      $0.kind == .floor || $0.kind == .ceiling || $0.kind == .modulo
    }
  }

  /// The key of values at the four points; a value that is the same at all of them is a constant.
  mutating func key(ofPoints points: [Number], _ node: Int32) throws(CanonicalFailure) -> ClassKey {
    if points.allSatisfy(\.isUndefined) { return try structural(node).key }
    let keys = points.map(\.classKey)
    if let first = keys[0], keys.dropFirst().allSatisfy({ $0 == first }) {
      collapsed = points[0]
      return first
    }
    var builder = KeyBuilder(.residue)
    for (point, value) in points.enumerated() { Canonicalizer.add(value, at: point, to: &builder) }
    return builder.key
  }

  /// Rational values count as residues, so that both ways of evaluation give the same key.
  static func add(_ value: Number, at point: Int, to builder: inout KeyBuilder) {
    // Where variables are negative, only real values tell expressions apart.
    if point == 3, case .complex = value {
      builder.add(UInt64.max)
      return
    }
    if let residue = residue(value, SamplePoints.field(point)) {
      builder.add(residue)
    } else if let key = value.classKey {
      builder.add(key)
    } else {
      builder.add(UInt64.max)
    }
  }

  static func residue(_ value: Number, _ field: PrimeField) -> UInt64? {
    switch value {
    case .rational(let top, let bottom): return field.residue(top, over: bottom)
    case .big(let value): return value.residue(in: field)
    case .huge(let value): return field.modulus == PrimeField.first.modulus ? value.first : value.second
    default: return nil
    }
  }

  private mutating func residueKey(_ residues: [UInt64]) -> ClassKey {
    if residues[0] == residues[2] && residues[1] == residues[3],
      let (top, bottom) = PrimeField.first.smallFraction(residues[0]),
      PrimeField.second.residue(top, over: bottom) == residues[1]
    {
      let value = Number.fraction(top, bottom)
      collapsed = value
      if let key = value.classKey { return key }
    }
    var builder = KeyBuilder(.residue)
    for residue in residues { builder.add(residue) }
    return builder.key
  }

  /// Notes percent signs, units of angle and written decimals.
  private func annotate(_ form: inout Form, _ node: Int32) {
    var inner = node
    while true {
      switch tree.kind(inner) {
      case .negation: break
      case .percent: form.isPercent = true
      case .degree: form.unit = MeasurementUnit(dimension: Units.dimension("degree", 1), numerator: 1, denominator: 1)
      case .number:
        let literal = tree.literals[Int(tree.nodes[Int(inner)].payload)]
        if literal.isMoney { form.unit = Units.dollar }
        if literal.isDecimal {
          form.decimal = DecimalDigits(
            significantDigits: Int(literal.significantDigits),
            decimalPlaces: Int(literal.decimalPlaces) + (form.isPercent ? 2 : 0))
        }
        return
      case .sum where tree.kind(tree.child(inner, 0)) == .degree: break
      default: return
      }
      inner = tree.child(inner, 0)
    }
  }

  /// The number of a product of one number and letters that abbreviate units; nil for other expressions.
  private func valueBeforeLetters(_ node: Int32) -> Number? {
    switch tree.kind(node) {
    case .quotient:
      guard isUnitLetter(tree.child(node, 1)) else { return nil }
      return valueBeforeLetters(tree.child(node, 0))
    case .product:
      let first = tree.child(node, 0)
      guard tree.kind(first) == .number, tree.childList(node).dropFirst().allSatisfy({ isUnitLetter($0) }) else {
        return nil
      }
      return tree.literals[Int(tree.nodes[Int(first)].payload)].value
    default: return nil
    }
  }

  private func isUnitLetter(_ node: Int32) -> Bool {
    switch tree.kind(node) {
    case .power: return isUnitLetter(tree.child(node, 0)) && tree.integerExponent(tree.child(node, 1)) != nil
    case .symbol:
      return ["m", "g", "s", "h", "J", "N", "W", "V"].contains(tree.symbols[Int(tree.nodes[Int(node)].payload)].name)
    default: return false
    }
  }

  /// A product of capital letters alone is a choice of several letters.
  private func choiceLetters(_ node: Int32) -> Form? {
    guard tree.kind(node) == .product, tree.count(node) <= 8 else { return nil }
    var keys: [ClassKey] = []
    for child in tree.childList(node) {
      guard let key = choiceLetter(child) else { return nil }
      keys.append(key)
    }
    guard Set(keys).count == keys.count else { return nil }
    return Form(.list, KeyBuilder.combine(.list, keys.sorted()))
  }

  private func choiceLetter(_ node: Int32) -> ClassKey? {
    guard tree.kind(node) == .symbol else { return nil }
    let name = tree.symbols[Int(tree.nodes[Int(node)].payload)].name.utf8
    guard name.count == 1, let letter = name.first, letter.isUppercase else { return nil }
    var copy = ModularEvaluator(tree)
    guard let residues = copy.residues(of: node) else { return nil }
    var builder = KeyBuilder(.residue)
    for residue in residues { builder.add(residue) }
    return builder.key
  }

  /// The key of an expression without a value: its structure, with sums and products in any order.
  func structuralKey(_ root: Int32) -> ClassKey {
    let first = tree.nodes[Int(root)].first
    var keys: [ClassKey] = []
    for index in first...root {
      let node = tree.nodes[Int(index)]
      var children = tree.childList(index).map { keys[Int($0 - first)] }
      if node.kind == .sum || node.kind == .product { children.sort() }
      var builder = KeyBuilder(.structure)
      builder.add(UInt64(node.kind.rawValue))
      switch node.kind {
      case .number: if let key = tree.literals[Int(node.payload)].value.classKey { builder.add(key) }
      case .symbol, .application: builder.add(tree.symbols[Int(node.payload)].hash)
      case .function, .numberSet: builder.add(Int(node.payload))
      default: break
      }
      for child in children { builder.add(child) }
      keys.append(builder.key)
    }
    return keys[keys.count - 1]
  }
}
