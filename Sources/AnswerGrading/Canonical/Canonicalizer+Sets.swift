extension Canonicalizer {
  /// Unions, intersections and differences: of regions exactly, of other sets by their parts.
  mutating func setOperation(_ node: Int32) throws(CanonicalFailure) -> Form {
    var members: [Form] = []
    for child in tree.childList(node) { members.append(try form(child)) }
    let operation = tree.kind(node)
    // `x \in (1, 2) \cup (3, 4)` parses with the relation outside, so every member is a set here.
    let regions = members.compactMap { asRegion($0) }
    if regions.count == members.count {
      var result = regions[0]
      if operation == .union {
        result = Region.union(regions)
      } else {
        for region in regions.dropFirst() { result = combine(operation, result, region) }
      }
      return form(of: result)
    }
    return finiteOperation(operation, members)
  }

  /// `\mathbb{R} - \{1\}`.
  mutating func setDifference(_ node: Int32) throws(CanonicalFailure) -> Form? {
    guard tree.kind(node) == .sum, tree.count(node) == 2, tree.kind(tree.child(node, 1)) == .negation else {
      return nil
    }
    let left = try form(tree.child(node, 0))
    let right = try form(tree.child(tree.child(node, 1), 0))
    guard let whole = asRegion(left), let part = asRegion(right) else { return nil }
    return form(of: whole.intersection(part.complement))
  }

  private func combine(_ operation: NodeKind, _ left: Region, _ right: Region) -> Region {
    switch operation {
    case .union: return left.union(right)
    case .intersection: return left.intersection(right)
    default: return left.intersection(right.complement)
    }
  }

  /// The points of a finite set of real numbers as a region.
  private func asRegion(_ form: Form) -> Region? {
    if let region = form.region { return region }
    if form.key == KeyBuilder(.emptySet).key { return .empty }
    if form.kind == .scalar, let value = form.value { return Region(point: value) }
    guard form.kind == .list, !form.members.isEmpty else { return nil }
    var pieces: [Region.Piece] = []
    for member in form.members {
      guard member.kind == .scalar, let value = member.value, let point = Region(point: value) else { return nil }
      pieces += point.pieces
    }
    return Region.empty.union(Region(pieces: pieces))
  }

  private func finiteOperation(_ operation: NodeKind, _ members: [Form]) -> Form {
    var keys = members.map(\.key)
    if operation != .difference { keys.sort() }
    var builder = KeyBuilder(.setOperation)
    builder.add(UInt64(operation.rawValue))
    for key in keys { builder.add(key) }
    return Form(.other, builder.key)
  }

  func namedSet(_ node: Int32) -> Form {
    switch tree.kind(node) {
    case .emptySet: return form(of: .empty)
    case .dots: return Form(.other, KeyBuilder(.dots).key)
    default:
      let code = tree.nodes[Int(node)].payload
      if code == NumberSetName.reals.rawValue { return form(of: .reals) }
      if let region = Canonicalizer.halfLine(code) { return form(of: region) }
      var builder = KeyBuilder(.numberSet)
      builder.add(Int(code))
      return Form(.other, builder.key)
    }
  }

  /// The positive and the negative real numbers, `\mathbb{R}^+` and `\mathbb{R}^-`.
  private static func halfLine(_ code: Int32) -> Region? {
    let reals = NumberSetName.reals.rawValue &* 31
    if code == reals &+ Int32(TokenKind.plus.rawValue) {
      return Region(low: .zero, lowClosed: false, high: .infinity(negative: false), highClosed: false)
    }
    guard code == reals &+ Int32(TokenKind.minus.rawValue) else { return nil }
    return Region(low: .infinity(negative: true), lowClosed: false, high: .zero, highClosed: false)
  }

  /// `\{x \mid -2 \le x < 1\}` is the region of its condition when the element is one variable.
  mutating func setBuilder(_ node: Int32) throws(CanonicalFailure) -> Form {
    let element = tree.child(node, 0)
    let condition = try form(tree.child(node, 1))
    if tree.kind(element) == .symbol || tree.kind(element) == .relation, var region = condition.region {
      if tree.kind(element) == .relation {
        guard let domain = try form(element).region else { return builderStructure(node) }
        region = region.intersection(domain)
      }
      return form(of: region)
    }
    return builderStructure(node)
  }

  private func builderStructure(_ node: Int32) -> Form { Form(.other, structuralKey(node)) }

  // MARK: - Ratios, quantities, bases, congruences

  /// `a : b` is the fraction; longer ratios count up to a common factor.
  mutating func ratio(_ node: Int32) throws(CanonicalFailure) -> Form {
    var members: [Form] = []
    for child in tree.childList(node) { members.append(try form(child)) }
    guard members.allSatisfy({ $0.kind == .scalar }) else { return finiteRatio(members) }
    let clock = clockReading(node, members)
    guard members.allSatisfy({ $0.value != nil }) else { return finiteRatio(members) }
    var arithmetic = Arithmetic(budget: limits.operations, exactBits: limits.exactBits)
    guard let first = members[0].value, let second = members[1].value else { return finiteRatio(members) }
    if members.count == 2 {
      let quotient = arithmetic.divide(first, second)
      if let key = quotient.recognized.classKey {
        var form = Form(.ratio, key)
        form.clock = clock
        form.value = quotient
        return form
      }
      if let clock { return time(clock) }
    }
    let scaled = members.dropFirst().map { arithmetic.divide($0.value ?? .undefined, first).recognized.classKey }
    let keys = scaled.compactMap { $0 }
    guard keys.count == scaled.count else { return finiteRatio(members) }
    return Form(.ratio, KeyBuilder.combine(.ratio, keys))
  }

  private func finiteRatio(_ members: [Form]) -> Form {
    var form = Form(.ratio, KeyBuilder.combine(.ratio, members.map(\.key)))
    form.members = members
    return form
  }

  /// Hours and minutes as in `16:30`.
  private func clockReading(_ node: Int32, _ members: [Form]) -> ClockReading? {
    guard members.count == 2, let hour = members[0].value?.integer, let minute = members[1].value?.integer,
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return ClockReading(minutes: Int(hour * 60 + minute), isMarked: false, couldBeMarked: hour <= 12)
  }

  func time(_ clock: ClockReading) -> Form {
    var builder = KeyBuilder(.timeOfDay)
    builder.add(clock.minutes)
    var form = Form(.time, builder.key)
    form.clock = clock
    return form
  }

  /// A value with a unit: the class is that of the value.
  mutating func quantity(_ node: Int32) throws(CanonicalFailure) -> Form {
    var form = try form(tree.child(node, 0))
    form.unit = tree.units[Int(tree.nodes[Int(node)].payload)]
    return form
  }

  func base(_ node: Int32) -> Form {
    let literal = tree.literals[Int(tree.nodes[Int(tree.child(node, 0))].payload)]
    var builder = KeyBuilder(.base)
    builder.add(Int(tree.nodes[Int(node)].payload))
    if let key = literal.value.classKey { builder.add(key) }
    return Form(.base, builder.key)
  }

  mutating func congruence(_ node: Int32) throws(CanonicalFailure) -> Form {
    var keys: [ClassKey] = []
    for child in tree.childList(node) { keys.append(try form(child).key) }
    return Form(.other, KeyBuilder.combine(.congruence, keys))
  }
}
