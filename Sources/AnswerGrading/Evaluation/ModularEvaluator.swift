/// Residues of an expression at the four sample points, as a fraction.
struct ResidueLanes {
  var top: (UInt64, UInt64, UInt64, UInt64)
  var bottom: (UInt64, UInt64, UInt64, UInt64)
  var isWhole: Bool
}

/// Evaluates expressions of numbers, variables and the four operations modulo the two primes.
struct ModularEvaluator {
  private let tree: SyntaxTree
  private var values: [ResidueLanes] = []

  init(_ tree: SyntaxTree) { self.tree = tree }

  /// The residues at the four points; nil where the denominator vanishes or a number has no residue.
  mutating func residues(of node: Int32) -> [UInt64]? {
    guard let lanes = evaluate(node) else { return nil }
    return ModularEvaluator.divide(lanes)
  }

  /// The residues of the difference of two nodes.
  mutating func difference(_ left: Int32, _ right: Int32) -> [UInt64]? {
    guard let a = evaluate(left), let b = evaluate(right) else { return nil }
    return ModularEvaluator.divide(ModularEvaluator.add(a, ModularEvaluator.negate(b)))
  }

  mutating func evaluate(_ node: Int32) -> ResidueLanes? {
    let first = tree.nodes[Int(node)].first
    values.removeAll(keepingCapacity: true)
    values.reserveCapacity(Int(node - first) + 1)
    for index in first...node {
      guard let value = step(index, first) else { return nil }
      values.append(value)
    }
    return values.last
  }

  private func step(_ index: Int32, _ first: Int32) -> ResidueLanes? {
    let node = tree.nodes[Int(index)]
    func child(_ position: Int) -> ResidueLanes { values[Int(tree.child(index, position) - first)] }
    switch node.kind {
    case .number: return ModularEvaluator.constant(tree.literals[Int(node.payload)].value)
    case .symbol: return ModularEvaluator.variable(tree.symbols[Int(node.payload)])
    case .negation: return ModularEvaluator.negate(child(0))
    case .quotient: return ModularEvaluator.multiply(child(0), ModularEvaluator.invert(child(1)))
    case .percent:
      guard let hundredth = ModularEvaluator.constant(.rational(1, 100)) else { return nil }
      return ModularEvaluator.multiply(child(0), hundredth)
    case .power:
      guard let exponent = tree.integerExponent(tree.child(index, 1)) else { return nil }
      return ModularEvaluator.power(child(0), exponent)
    case .sum:
      var total = child(0)
      for position in 1..<Int(node.count) { total = ModularEvaluator.add(total, child(position)) }
      return total
    case .product:
      var total = child(0)
      for position in 1..<Int(node.count) { total = ModularEvaluator.multiply(total, child(position)) }
      return total
    default: return ModularEvaluator.constant(.zero)
    }
  }

  private static func whole(_ first: UInt64, _ second: UInt64) -> ResidueLanes {
    ResidueLanes(top: (first, second, first, second), bottom: (1, 1, 1, 1), isWhole: true)
  }

  private static func constant(_ value: Number) -> ResidueLanes? {
    if case .rational(let top, let bottom) = value {
      var lanes = whole(PrimeField.first.residue(top), PrimeField.second.residue(top))
      if bottom != 1 {
        let (a, b) = (PrimeField.first.residue(bottom), PrimeField.second.residue(bottom))
        lanes.bottom = (a, b, a, b)
        lanes.isWhole = false
      }
      return lanes
    }
    guard let value = value.hugeRational else { return nil }
    return whole(value.first, value.second)
  }

  private static func variable(_ symbol: Symbol) -> ResidueLanes {
    func lane(_ point: Int) -> (UInt64, UInt64) {
      let (top, bottom) = SamplePoints.value(of: symbol, at: point)
      let field = SamplePoints.field(point)
      return (field.residue(top), field.residue(bottom))
    }
    let (a, b, c, d) = (lane(0), lane(1), lane(2), lane(3))
    return ResidueLanes(top: (a.0, b.0, c.0, d.0), bottom: (a.1, b.1, c.1, d.1), isWhole: symbol.isNatural)
  }

  private static func negate(_ value: ResidueLanes) -> ResidueLanes {
    var result = value
    result.top = (
      PrimeField.first.negate(value.top.0), PrimeField.second.negate(value.top.1),
      PrimeField.first.negate(value.top.2), PrimeField.second.negate(value.top.3)
    )
    return result
  }

  private static func invert(_ value: ResidueLanes) -> ResidueLanes {
    ResidueLanes(top: value.bottom, bottom: value.top, isWhole: false)
  }

  private typealias Lanes = (UInt64, UInt64, UInt64, UInt64)

  @inline(__always)
  private static func times(_ a: Lanes, _ b: Lanes) -> Lanes {
    (
      PrimeField.first.multiply(a.0, b.0), PrimeField.second.multiply(a.1, b.1), PrimeField.first.multiply(a.2, b.2),
      PrimeField.second.multiply(a.3, b.3)
    )
  }

  @inline(__always)
  private static func plus(_ a: Lanes, _ b: Lanes) -> Lanes {
    (
      PrimeField.first.add(a.0, b.0), PrimeField.second.add(a.1, b.1), PrimeField.first.add(a.2, b.2),
      PrimeField.second.add(a.3, b.3)
    )
  }

  private static func multiply(_ a: ResidueLanes, _ b: ResidueLanes) -> ResidueLanes {
    let whole = a.isWhole && b.isWhole
    return ResidueLanes(
      top: times(a.top, b.top), bottom: whole ? (1, 1, 1, 1) : times(a.bottom, b.bottom), isWhole: whole)
  }

  private static func add(_ a: ResidueLanes, _ b: ResidueLanes) -> ResidueLanes {
    if a.isWhole && b.isWhole {
      return ResidueLanes(top: plus(a.top, b.top), bottom: a.bottom, isWhole: true)
    }
    return ResidueLanes(
      top: plus(times(a.top, b.bottom), times(b.top, a.bottom)), bottom: times(a.bottom, b.bottom), isWhole: false)
  }

  private static func power(_ value: ResidueLanes, _ exponent: Int64) -> ResidueLanes? {
    if exponent == 0 {
      let isZero = value.top.0 == 0 && value.top.1 == 0
      return isZero ? nil : whole(1, 1)
    }
    let base = exponent < 0 ? invert(value) : value
    let power = exponent.magnitude
    if power == 2 { return multiply(base, base) }
    func raise(_ lanes: Lanes) -> Lanes {
      (
        PrimeField.first.power(lanes.0, power), PrimeField.second.power(lanes.1, power),
        PrimeField.first.power(lanes.2, power), PrimeField.second.power(lanes.3, power)
      )
    }
    return ResidueLanes(
      top: raise(base.top), bottom: base.isWhole ? base.bottom : raise(base.bottom), isWhole: base.isWhole)
  }

  /// Numerators over denominators, with one inversion for each prime.
  private static func divide(_ value: ResidueLanes) -> [UInt64]? {
    let top = value.top
    if value.isWhole { return [top.0, top.1, top.2, top.3] }
    let bottom = value.bottom
    let (p, q) = (PrimeField.first, PrimeField.second)
    guard let even = p.inverse(p.multiply(bottom.0, bottom.2)), let odd = q.inverse(q.multiply(bottom.1, bottom.3))
    else { return nil }
    return [
      p.multiply(top.0, p.multiply(even, bottom.2)), q.multiply(top.1, q.multiply(odd, bottom.3)),
      p.multiply(top.2, p.multiply(even, bottom.0)), q.multiply(top.3, q.multiply(odd, bottom.1)),
    ]
  }
}
