extension Canonicalizer {
  /// Equations, inequalities, chains and memberships.
  mutating func relation(_ node: Int32) throws(CanonicalFailure) -> Form {
    let count = tree.count(node)
    let first = Int(tree.nodes[Int(node)].payload)
    let operators = Array(tree.operators[first..<first + count - 1])
    let members = Array(tree.childList(node))
    if let cut = operators.firstIndex(of: .approximately) {
      return try approximation(members, operators, cut)
    }
    return try relation(members, operators)
  }

  private mutating func relation(
    _ members: [Int32], _ operators: [TokenKind]
  ) throws(CanonicalFailure) -> Form {
    if operators.allSatisfy({ $0 == .equals }) { return try equation(members) }
    let members = members.map { tree.kind($0) == .quantity ? tree.child($0, 0) : $0 }
    if operators == [.element] { return try membership(members[0], members[1]) }
    if operators == [.notEqual] { return try inequality(members[0], .notEqual, members[1]) }
    if operators.count == 1 { return try inequality(members[0], operators[0], members[1]) }
    return try chain(members, operators)
  }

  private mutating func membership(_ element: Int32, _ set: Int32) throws(CanonicalFailure) -> Form {
    var form = try form(set)
    if let region = form.region { form = self.form(of: region) }
    guard tree.kind(element) == .symbol else {
      let elementKey = try self.form(element).key
      return Form(.other, KeyBuilder.combine(.setOperation, [elementKey, form.key]))
    }
    form.name = name(of: element)
    if form.region != nil { form.kind = .inequality }
    return form
  }

  /// What an equation with this side alone defines.
  func name(of node: Int32) -> FormName {
    switch tree.kind(node) {
    case .symbol: return .variable(tree.symbols[Int(tree.nodes[Int(node)].payload)].hash)
    default: return .quantity(structuralKey(node).low)
    }
  }

  /// What comes after "about" repeats the value before it, well or badly: the value before it counts.
  private mutating func approximation(
    _ members: [Int32], _ operators: [TokenKind], _ cut: Int
  ) throws(CanonicalFailure) -> Form {
    if tree.kind(members[cut]) == .symbol && cut == 0 {
      var form = try form(members[1])
      form.name = name(of: members[0])
      return form
    }
    return try cut == 0 ? form(members[0]) : relation(Array(members[0...cut]), Array(operators[0..<cut]))
  }

  // MARK: - Equations

  private mutating func equation(_ members: [Int32]) throws(CanonicalFailure) -> Form {
    if let last = members.last, tree.kind(last) == .quantity {
      // The unit of the right side is the unit of the whole.
      var form = try equation(members.dropLast() + [tree.child(last, 0)])
      form.unit = tree.units[Int(tree.nodes[Int(last)].payload)]
      return form
    }
    let left = members[0]
    let right = members[members.count - 1]
    if members.count > 2 && !tree.nodes[Int(right)].hasSymbols && firstCompound(right) == nil {
      // A derivation that ends in a constant.
      var form = try form(right)
      if tree.kind(left) == .symbol { form.name = name(of: left) }
      return form
    }
    if let named = try definition(left, right) { return named }
    if firstCompound(left) != nil || firstCompound(right) != nil { return try structuralEquation(left, right) }
    return try scalarEquation(left, right)
  }

  /// `name = value` where the value is anything at all and the name is a variable, a tuple of variables, a function or
  /// a geometric quantity.
  private mutating func definition(_ left: Int32, _ right: Int32) throws(CanonicalFailure) -> Form? {
    guard namesQuantity(left), !mentions(right, left) else {
      if namesQuantity(right), tree.kind(right) == .symbol, !mentions(left, right),
        !tree.nodes[Int(left)].hasSymbols, firstCompound(left) == nil
      {
        var form = try form(left)
        form.name = name(of: right)
        return form
      }
      return nil
    }
    var form = try form(right)
    let isScalar = form.kind == .scalar && firstCompound(right) == nil
    if isScalar && tree.nodes[Int(right)].hasSymbols && firstCompound(left) == nil {
      form.equationKey = try equationKey(left, right)
      form.isExplicit = true
    }
    form.name = name(of: left)
    return form
  }

  private func namesQuantity(_ node: Int32) -> Bool {
    switch tree.kind(node) {
    case .symbol, .application: return true
    case .parenthesized: return tree.childList(node).allSatisfy { namesQuantity($0) }
    case .function: return tree.count(node) == 1 && tree.kind(tree.child(node, 0)) == .symbol
    case .quotient: return isDerivative(node) || isGeometric(node)
    default: return isGeometric(node)
    }
  }

  /// `\frac{dy}{dx}`.
  private func isDerivative(_ node: Int32) -> Bool {
    func hasDifferential(_ part: Int32) -> Bool {
      tree.kind(part) == .product
        && tree.childList(part).contains {
          tree.kind($0) == .symbol && tree.symbols[Int(tree.nodes[Int($0)].payload)].name == "d"
        }
    }
    return hasDifferential(tree.child(node, 0)) && hasDifferential(tree.child(node, 1))
  }

  /// Ratios, quotients, absolute values and products of capital letters, as in `|AB|`, `\frac{NO}{BO}`, `V_1 : V_2`.
  private func isGeometric(_ node: Int32) -> Bool {
    var symbols = 0
    for index in tree.nodes[Int(node)].first...node {
      let entry = tree.nodes[Int(index)]
      switch entry.kind {
      case .symbol:
        symbols += 1
        let name = tree.symbols[Int(entry.payload)].name
        guard name == "triangle" || name.utf8.first?.isUppercase == true else { return false }
      case .product, .quotient, .absolute, .ratio: break
      default: return false
      }
    }
    return symbols > 0
  }

  /// The names on the left occur on the right.
  private func mentions(_ node: Int32, _ names: Int32) -> Bool {
    guard tree.kind(names) == .symbol else { return false }
    let symbol = tree.nodes[Int(names)].payload
    return tree.nodes[Int(tree.nodes[Int(node)].first)...Int(node)].contains {
      $0.kind == .symbol && $0.payload == symbol
    }
  }

  private mutating func structuralEquation(_ left: Int32, _ right: Int32) throws(CanonicalFailure) -> Form {
    let keys = [try form(left).key, try form(right).key].sorted()
    var form = Form(.equation, KeyBuilder.combine(.equation, keys))
    form.equationKey = form.key
    return form
  }

  private mutating func scalarEquation(_ left: Int32, _ right: Int32) throws(CanonicalFailure) -> Form {
    if !tree.nodes[Int(left)].hasSymbols && !tree.nodes[Int(right)].hasSymbols {
      // Both sides are constants: a true equation states the value, a false one only itself.
      let (stated, value) = (try form(left), try form(right))
      return stated.key == value.key ? value : try structuralEquation(left, right)
    }
    if let unknown = onlyUnknown(left, right), let root = linearRoot(left, right, unknown), let key = root.classKey {
      var form = Form(.scalar, key)
      form.value = root
      form.name = .variable(tree.symbols[Int(unknown)].hash)
      return form
    }
    let key = try equationKey(left, right)
    var form = Form(.equation, try solvedKey(left, right) ?? key)
    form.equationKey = key
    if tree.kind(right) == .symbol && !mentions(left, right) && !isSolvedForY(left, right) {
      // `a + b = c` defines c, though it is no right side on its own.
      form.key = try scalar(left).key
    }
    return form
  }

  private func isSolvedForY(_ left: Int32, _ right: Int32) -> Bool {
    tree.symbols.contains { $0.name == "y" }
  }

  /// The single variable of both sides; nil when there are more or when it is inside an unknown function.
  func onlyUnknown(_ left: Int32, _ right: Int32) -> Int32? {
    var unknown: Int32?
    for side in [left, right] {
      for index in tree.nodes[Int(side)].first...side {
        let entry = tree.nodes[Int(index)]
        if entry.kind == .application { return nil }
        guard entry.kind == .symbol else { continue }
        if let known = unknown, known != entry.payload { return nil }
        unknown = entry.payload
      }
    }
    return unknown
  }

  private mutating func difference(_ left: Int32, _ right: Int32) -> Number {
    let a = evaluator.value(of: left)
    let b = evaluator.value(of: right)
    return evaluator.arithmetic.subtract(a, b)
  }

  /// The slope and value at zero of left - right as a function of a variable; nil when it is not linear.
  mutating func linearParts(_ left: Int32, _ right: Int32?, _ unknown: Int32) -> (slope: Number, constant: Number)? {
    var values: [Number] = []
    for sample in [Number.zero, .one, .rational(3, 1), .rational(-5, 2)] {
      values.append(difference(left, right, unknown, sample))
    }
    let slope = evaluator.arithmetic.subtract(values[1], values[0]).recognized
    if slope.isUndefined || slope.isZero { return nil }
    for (sample, value) in [(Number.rational(3, 1), values[2]), (.rational(-5, 2), values[3])] {
      let expected = evaluator.arithmetic.add(values[0], evaluator.arithmetic.multiply(slope, sample))
      guard evaluator.arithmetic.subtract(expected, value).recognized.isZero else { return nil }
    }
    return (slope, values[0])
  }

  /// left - right where the unknown has the given value.
  mutating func difference(_ left: Int32, _ right: Int32?, _ unknown: Int32, _ sample: Number) -> Number {
    evaluator.overrides = [(unknown, sample)]
    defer { evaluator.overrides = [] }
    guard let right else { return evaluator.value(of: left) }
    return difference(left, right)
  }

  private mutating func linearRoot(_ left: Int32, _ right: Int32, _ unknown: Int32) -> Number? {
    evaluator.point = -1
    guard let (slope, constant) = linearParts(left, right, unknown) else { return nil }
    let root = evaluator.arithmetic.divide(evaluator.arithmetic.negate(constant), slope).recognized
    return root.isUndefined ? nil : root
  }

  /// An equation that is linear in y is keyed as the expression for y.
  private mutating func solvedKey(_ left: Int32, _ right: Int32) throws(CanonicalFailure) -> ClassKey? {
    guard let unknown = tree.symbols.firstIndex(where: { $0.name == "y" }), tree.symbols.count <= 4 else { return nil }
    var points: [Number] = []
    for point in 0..<SamplePoints.count {
      evaluator.point = point
      guard let (slope, constant) = linearParts(left, right, Int32(unknown)) else {
        evaluator.point = -1
        return nil
      }
      points.append(evaluator.arithmetic.divide(evaluator.arithmetic.negate(constant), slope).recognized)
    }
    evaluator.point = -1
    let key = try key(ofPoints: points, left)
    collapsed = nil
    return key
  }

  /// The equation up to a constant factor: ratios of left - right between sample points in the same field.
  mutating func equationKey(_ left: Int32, _ right: Int32) throws(CanonicalFailure) -> ClassKey {
    var builder = KeyBuilder(.equation)
    if tree.nodes[Int(left)].isRational && tree.nodes[Int(right)].isRational && tree.doubleSigns == 0,
      let values = modular.difference(left, right)
    {
      for (low, high) in [(0, 2), (1, 3)] {
        let field = SamplePoints.field(low)
        guard let inverse = field.inverse(values[low]) else {
          builder.add(UInt64.max)
          continue
        }
        builder.add(field.multiply(values[high], inverse))
      }
      return builder.key
    }
    var values: [Number] = []
    for point in 0..<SamplePoints.count {
      evaluator.point = point
      values.append(difference(left, right))
    }
    evaluator.point = -1
    let ratios = [(0, 2), (1, 3)].map { evaluator.arithmetic.divide(values[$1], values[$0]).recognized }
    if ratios.allSatisfy(\.isUndefined) {
      let keys = [try scalar(left).key, try scalar(right).key].sorted()
      return KeyBuilder.combine(.equation, keys)
    }
    for (point, ratio) in ratios.enumerated() { Canonicalizer.add(ratio, at: point, to: &builder) }
    return builder.key
  }
}
