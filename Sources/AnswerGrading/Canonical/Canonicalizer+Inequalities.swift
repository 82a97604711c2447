extension Canonicalizer {
  /// A single inequality: a region when it is linear in its only unknown.
  mutating func inequality(_ left: Int32, _ operation: TokenKind, _ right: Int32) throws(CanonicalFailure) -> Form {
    guard firstCompound(left) == nil, firstCompound(right) == nil else {
      let keys = [try form(left).key, try form(right).key]
      return Form(.inequality, KeyBuilder.combine(.inequality, operation == .notEqual ? keys.sorted() : keys))
    }
    if operation == .notEqual && tree.doubleSigns > 0 { return try excludedPair(left, right) }
    if let unknown = onlyUnknown(left, right), let region = solveAny(left, operation, right, unknown) {
      var form = self.form(of: region)
      form.kind = .inequality
      form.name = .variable(tree.symbols[Int(unknown)].hash)
      return form
    }
    return try generalInequality(left, operation, right)
  }

  /// `x \ne \pm 5`.
  private mutating func excludedPair(_ left: Int32, _ right: Int32) throws(CanonicalFailure) -> Form {
    let excluded = try form(right)
    var region = Region.empty
    for member in excluded.members {
      guard let value = member.value, let point = Region(point: value) else { throw .undefined }
      region = region.union(point)
    }
    var form = self.form(of: region.complement)
    form.kind = .inequality
    form.name = name(of: left)
    return form
  }

  private mutating func solveAny(
    _ left: Int32, _ operation: TokenKind, _ right: Int32, _ unknown: Int32
  ) -> Region? {
    if let region = solve(left, operation, right, unknown) { return region }
    if let region = solveQuadratic(left, operation, right, unknown) { return region }
    guard tree.kind(left) == .absolute, !tree.nodes[Int(right)].hasSymbols else { return nil }
    return solveAbsolute(tree.child(left, 0), operation, right, unknown)
  }

  /// Below, above or off a value by the sign of a quadratic polynomial.
  private mutating func solveQuadratic(
    _ left: Int32, _ operation: TokenKind, _ right: Int32, _ unknown: Int32
  ) -> Region? {
    guard let (a, b, c) = quadraticParts(left, right, unknown), let sign = a.sign, sign != 0 else { return nil }
    let four = evaluator.arithmetic.multiply(.rational(4, 1), evaluator.arithmetic.multiply(a, c))
    let discriminant = evaluator.arithmetic.subtract(evaluator.arithmetic.multiply(b, b), four).recognized
    guard let positive = discriminant.sign, positive > 0 else { return nil }
    let root = evaluator.arithmetic.power(discriminant, .rational(1, 2))
    let bottom = evaluator.arithmetic.multiply(.rational(2, 1), a)
    let top = evaluator.arithmetic.negate(b)
    var ends = [
      evaluator.arithmetic.divide(evaluator.arithmetic.subtract(top, root), bottom).recognized,
      evaluator.arithmetic.divide(evaluator.arithmetic.add(top, root), bottom).recognized,
    ]
    if sign < 0 { ends.swapAt(0, 1) }
    if operation == .notEqual {
      guard let first = Region(point: ends[0]), let second = Region(point: ends[1]) else { return nil }
      return first.union(second).complement
    }
    let closed = operation == .lessEqual || operation == .greaterEqual
    let inside = (operation == .less || operation == .lessEqual) == (sign > 0)
    let between = Region(
      low: ends[0], lowClosed: closed == inside, high: ends[1], highClosed: closed == inside)
    return inside ? between : between?.complement
  }

  /// The coefficients of left - right as a quadratic polynomial; nil when it is not one.
  private mutating func quadraticParts(
    _ left: Int32, _ right: Int32, _ unknown: Int32
  ) -> (Number, Number, Number)? {
    evaluator.point = -1
    let samples: [Number] = [.zero, .one, .rational(2, 1), .rational(-5, 2), .rational(11, 3)]
    var values: [Number] = []
    for sample in samples { values.append(difference(left, right, unknown, sample)) }
    if values.contains(where: \.isUndefined) { return nil }
    let first = evaluator.arithmetic.subtract(values[1], values[0])
    let second = evaluator.arithmetic.subtract(values[2], values[1])
    let a = evaluator.arithmetic.divide(evaluator.arithmetic.subtract(second, first), .rational(2, 1)).recognized
    let b = evaluator.arithmetic.subtract(first, a)
    for (sample, value) in zip(samples[3...], values[3...]) {
      let inner = evaluator.arithmetic.add(evaluator.arithmetic.multiply(a, sample), b)
      let expected = evaluator.arithmetic.add(evaluator.arithmetic.multiply(inner, sample), values[0])
      guard evaluator.arithmetic.subtract(expected, value).recognized.isZero else { return nil }
    }
    return a.isZero ? nil : (a, b, values[0])
  }

  /// |inside| compared with a constant.
  private mutating func solveAbsolute(
    _ inside: Int32, _ operation: TokenKind, _ bound: Int32, _ unknown: Int32
  ) -> Region? {
    evaluator.point = -1
    let limit = evaluator.value(of: bound)
    guard let sign = limit.sign, sign > 0, let (slope, constant) = linearParts(inside, nil, unknown) else { return nil }
    let low = evaluator.arithmetic.subtract(evaluator.arithmetic.negate(limit), constant)
    let high = evaluator.arithmetic.subtract(limit, constant)
    var ends = [low, high].map { evaluator.arithmetic.divide($0, slope).recognized }
    if slope.sign == -1 { ends.swapAt(0, 1) }
    if operation == .notEqual { return nil }
    let closed = operation == .lessEqual || operation == .greaterEqual
    let inside = operation == .less || operation == .lessEqual
    let between = Region(low: ends[0], lowClosed: closed == inside, high: ends[1], highClosed: closed == inside)
    return inside ? between : between?.complement
  }

  private mutating func solve(
    _ left: Int32, _ operation: TokenKind, _ right: Int32, _ unknown: Int32
  ) -> Region? {
    evaluator.point = -1
    guard let (slope, constant) = linearParts(left, right, unknown), let sign = slope.sign else { return nil }
    let root = evaluator.arithmetic.divide(evaluator.arithmetic.negate(constant), slope).recognized
    guard root.sign != nil else { return nil }
    let closed = operation == .lessEqual || operation == .greaterEqual
    if operation == .notEqual { return Region(point: root)?.complement }
    // slope * (x - root) < 0
    let isBelow = (operation == .less || operation == .lessEqual) == (sign > 0)
    return isBelow
      ? Region(low: .infinity(negative: true), lowClosed: false, high: root, highClosed: closed)
      : Region(low: root, lowClosed: closed, high: .infinity(negative: false), highClosed: false)
  }

  /// An inequality up to a positive factor, written with the smaller side first.
  private mutating func generalInequality(
    _ left: Int32, _ operation: TokenKind, _ right: Int32
  ) throws(CanonicalFailure) -> Form {
    let flipped = operation == .greater || operation == .greaterEqual
    let (low, high) = flipped ? (right, left) : (left, right)
    let ratioKey = try equationKey(low, high)
    var builder = KeyBuilder(.inequality)
    builder.add(ratioKey)
    switch operation {
    case .notEqual: builder.add(3)
    case .less, .greater: builder.add(1)
    default: builder.add(2)
    }
    if operation != .notEqual {
      evaluator.point = 0
      let a = evaluator.value(of: low)
      let b = evaluator.value(of: high)
      let sign = evaluator.arithmetic.subtract(a, b).sign
      evaluator.point = -1
      guard let sign else { throw .undefined }
      builder.add(sign)
    }
    return Form(.inequality, builder.key)
  }

  /// `a < x \le b` is an interval; other chains are keyed in ascending order.
  mutating func chain(_ members: [Int32], _ operators: [TokenKind]) throws(CanonicalFailure) -> Form {
    let descending = operators.contains { $0 == .greater || $0 == .greaterEqual }
    let ascending = operators.contains { $0 == .less || $0 == .lessEqual }
    if descending && ascending { throw .undefined }
    if let region = try chainRegion(members, operators) { return region }
    var keys: [ClassKey] = []
    for member in members { keys.append(try form(member).key) }
    var strict = operators.map { $0 == .less || $0 == .greater ? UInt64(1) : ($0 == .equals ? 3 : 2) }
    if descending {
      keys.reverse()
      strict.reverse()
    }
    var builder = KeyBuilder(.chain)
    for key in keys { builder.add(key) }
    for value in strict { builder.add(value) }
    return Form(.chain, builder.key)
  }

  private mutating func chainRegion(
    _ members: [Int32], _ operators: [TokenKind]
  ) throws(CanonicalFailure) -> Form? {
    guard members.count == 3, !tree.nodes[Int(members[0])].hasSymbols, !tree.nodes[Int(members[2])].hasSymbols,
      members.allSatisfy({ firstCompound($0) == nil }), let unknown = onlyUnknown(members[1], members[1]),
      let low = solve(members[0], operators[0], members[1], unknown),
      let high = solve(members[1], operators[1], members[2], unknown)
    else { return nil }
    var form = self.form(of: low.intersection(high))
    form.kind = .inequality
    form.name = .variable(tree.symbols[Int(unknown)].hash)
    return form
  }
}
