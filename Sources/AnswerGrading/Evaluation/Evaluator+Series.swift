import BigInt

extension Evaluator {
  /// A sum or product over a range of whole numbers.
  mutating func series(_ index: Int32, _ node: Node) -> Number {
    guard let lower = childValue(index, 0).integer else { return .undefined }
    if case .infinity(false) = childValue(index, 1), node.kind == .sumOver {
      return geometricSeries(index, node, from: lower)
    }
    guard let upper = childValue(index, 1).integer else { return .undefined }
    let isSum = node.kind == .sumOver
    var total: Number = isSum ? .zero : .one
    if upper < lower { return total }
    guard upper - lower < 20_000 else { return .undefined }
    let body = tree.child(index, 2)
    overrides.append((node.payload, .zero))
    defer { overrides.removeLast() }
    for value in lower...upper {
      overrides[overrides.count - 1].value = .rational(value, 1)
      let term = self.value(of: body)
      total = isSum ? arithmetic.add(total, term) : arithmetic.multiply(total, term)
      if total.isUndefined { return total }
    }
    return total
  }

  /// The sum of a geometric series of constants whose ratio is below one; undefined for other series.
  private mutating func geometricSeries(_ index: Int32, _ node: Node, from lower: Int64) -> Number {
    guard !tree.nodes[Int(index)].hasSymbols else { return .undefined }
    let body = tree.child(index, 2)
    overrides.append((node.payload, .zero))
    defer { overrides.removeLast() }
    var terms: [Number] = []
    for offset in 0..<6 {
      overrides[overrides.count - 1].value = .rational(lower + Int64(offset), 1)
      terms.append(self.value(of: body))
    }
    let ratio = arithmetic.divide(terms[1], terms[0]).recognized
    guard let key = ratio.classKey, let size = arithmetic.subtract(absolute(ratio), .one).sign, size < 0 else {
      return .undefined
    }
    for offset in 1..<5 where arithmetic.divide(terms[offset + 1], terms[offset]).recognized.classKey != key {
      return .undefined
    }
    return arithmetic.divide(terms[0], arithmetic.subtract(.one, ratio))
  }

  /// The integral of a polynomial of degree ten or less; undefined for other integrands.
  ///
  /// The integrand is sampled at 0, 1, ..., 12. It is taken for the polynomial through these points when all differences
  /// above the tenth vanish, and a value in between confirms it.
  mutating func integral(_ index: Int32, _ node: Node) -> Number {
    let (lower, upper) = (childValue(index, 0), childValue(index, 1))
    guard lower.isRational, upper.isRational else { return .undefined }
    let body = tree.child(index, 2)
    overrides.append((node.payload, .zero))
    defer { overrides.removeLast() }
    var differences: [Number] = []
    for value in 0...12 {
      overrides[overrides.count - 1].value = .rational(Int64(value), 1)
      differences.append(self.value(of: body))
    }
    for order in 1...12 {
      for place in stride(from: 12, through: order, by: -1) {
        differences[place] = arithmetic.subtract(differences[place], differences[place - 1])
      }
    }
    guard differences[11].isZero, differences[12].isZero else { return .undefined }
    overrides[overrides.count - 1].value = .rational(7, 3)
    let middle = arithmetic.subtract(self.value(of: body), newton(differences, at: .rational(7, 3)))
    guard middle.isZero else { return .undefined }
    return integrate(differences, from: lower, to: upper)
  }

  /// The Newton polynomial with the given differences at a point.
  private mutating func newton(_ differences: [Number], at point: Number) -> Number {
    var result = Number.zero
    var basis = Number.one
    for order in 0...10 {
      result = arithmetic.add(result, arithmetic.multiply(differences[order], basis))
      let factor = arithmetic.subtract(point, .rational(Int64(order), 1))
      basis = arithmetic.multiply(basis, arithmetic.divide(factor, .rational(Int64(order + 1), 1)))
    }
    return result
  }

  private mutating func integrate(_ differences: [Number], from lower: Number, to upper: Number) -> Number {
    var basis: [Number] = [.one]
    var coefficients = [Number](repeating: .zero, count: 12)
    for order in 0...10 {
      for (power, coefficient) in basis.enumerated() {
        coefficients[power] = arithmetic.add(
          coefficients[power], arithmetic.multiply(coefficient, differences[order]))
      }
      basis = nextBasis(basis, Int64(order))
    }
    var total = Number.zero
    for power in 0...10 {
      let exponent = Int64(power + 1)
      let high = upper.isZero ? Number.zero : arithmetic.integerPower(upper, exponent)
      let low = lower.isZero ? Number.zero : arithmetic.integerPower(lower, exponent)
      let term = arithmetic.divide(arithmetic.subtract(high, low), .rational(exponent, 1))
      total = arithmetic.add(total, arithmetic.multiply(coefficients[power], term))
    }
    return total
  }

  /// The basis polynomial times (t - k) / (k + 1).
  private mutating func nextBasis(_ basis: [Number], _ order: Int64) -> [Number] {
    var next = [Number](repeating: .zero, count: basis.count + 1)
    for (power, coefficient) in basis.enumerated() {
      let scaled = arithmetic.divide(coefficient, .rational(order + 1, 1))
      next[power + 1] = arithmetic.add(next[power + 1], scaled)
      next[power] = arithmetic.add(next[power], arithmetic.multiply(scaled, .rational(-order, 1)))
    }
    return next
  }
}
