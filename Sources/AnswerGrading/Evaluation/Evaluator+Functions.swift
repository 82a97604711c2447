import BigInt

extension Evaluator {
  mutating func function(_ index: Int32, _ node: Node) -> Number {
    switch node.kind {
    case .modulo: return modulo(childValue(index, 0), childValue(index, 1))
    case .factorial: return factorial(childValue(index, 0), step: 1)
    case .doubleFactorial: return factorial(childValue(index, 0), step: 2)
    case .binomial: return binomial(childValue(index, 0), childValue(index, 1))
    case .absolute: return absolute(childValue(index, 0))
    case .floor: return floor(childValue(index, 0))
    case .ceiling: return arithmetic.negate(floor(arithmetic.negate(childValue(index, 0))))
    case .logarithm:
      return arithmetic.divide(logarithm(childValue(index, 1)), logarithm(childValue(index, 0)))
    case .function: return named(index, node)
    case .application: return application(index, node)
    case .sumOver, .productOver: return series(index, node)
    case .integral: return integral(index, node)
    default: return .undefined
    }
  }

  private mutating func named(_ index: Int32, _ node: Node) -> Number {
    guard let name = FunctionName(rawValue: node.payload) else { return .undefined }
    let arguments = tree.childList(index).map { values[Int($0)] }
    guard let first = arguments.first else { return .undefined }
    switch name {
    case .greatestCommonDivisor: return fold(arguments, greatestCommonDivisor)
    case .leastCommonMultiple: return fold(arguments, leastCommonMultiple)
    case .maximum: return extreme(arguments, sign: -1)
    case .minimum: return extreme(arguments, sign: 1)
    default: return arguments.count == 1 ? unary(name, first, tree.child(index, 0)) : .undefined
    }
  }

  private func fold(_ values: [Number], _ combine: (Number, Number) -> Number) -> Number {
    var result = combine(values[0], values[0])
    for value in values.dropFirst() { result = combine(result, value) }
    return result
  }

  /// The largest value for the sign -1, the smallest for 1.
  private mutating func extreme(_ values: [Number], sign: Int) -> Number {
    var result = values[0]
    for value in values.dropFirst() {
      guard let order = arithmetic.subtract(result, value).sign else { return .undefined }
      if order == sign { result = value }
    }
    return result
  }

  private mutating func unary(_ name: FunctionName, _ value: Number, _ child: Int32) -> Number {
    switch name {
    case .sine, .cosine, .tangent, .cotangent, .secant, .cosecant: return trigonometric(name, value, child)
    case .arcSine, .arcCosine, .arcTangent, .arcCotangent, .arcSecant, .arcCosecant: return inverse(name, value)
    case .hyperbolicSine, .hyperbolicCosine, .hyperbolicTangent: return hyperbolic(name, value)
    case .naturalLogarithm: return logarithm(value)
    case .logarithm: return bareLogarithm(value)
    case .commonLogarithm: return arithmetic.divide(logarithm(value), logarithm(.rational(10, 1)))
    case .exponential: return exponential(value)
    case .gamma: return factorial(arithmetic.add(value, .rational(-1, 1)), step: 1)
    case .signum: return value.sign.map { .rational(Int64($0), 1) } ?? .undefined
    case .realPart: return value.wideComplex.map { .real($0.real) } ?? .undefined
    case .imaginaryPart: return value.wideComplex.map { .real($0.imaginary) } ?? .undefined
    case .argument:
      guard let value = value.wideComplex, !value.isZero else { return .undefined }
      return .real(WideFloat.angle(y: value.imaginary, x: value.real))
    default: return .undefined
    }
  }

  /// A logarithm without a base: to the base ten of a constant, and natural otherwise.
  private mutating func bareLogarithm(_ value: Number) -> Number {
    arithmetic.divide(logarithm(value), logarithm(.rational(10, 1)))
  }

  mutating func logarithm(_ value: Number) -> Number {
    if case .infinity(false) = value { return value }
    if case .rational(1, 1) = value { return .zero }
    guard arithmetic.spend(350), let argument = value.wideComplex, let result = argument.logarithm else {
      return .undefined
    }
    return Number.wide(result)
  }

  mutating func absolute(_ value: Number) -> Number {
    if case .complex(let value) = value { return .real(value.magnitude) }
    if case .infinity = value { return .infinity(negative: false) }
    return (value.sign ?? 0) < 0 ? arithmetic.negate(value) : value
  }

  private mutating func floor(_ value: Number) -> Number {
    switch value.recognized {
    case .rational(let top, let bottom):
      let quotient = top / bottom
      return .rational(top % bottom < 0 ? quotient - 1 : quotient, 1)
    case .big(let value):
      let (quotient, rest) = value.numerator.quotientAndRemainder(dividingBy: value.denominator)
      return Number.narrowed(BigRational(rest < 0 ? quotient - 1 : quotient, 1))
    case .real(let value): return value.floorInt.map { .rational($0, 1) } ?? .undefined
    default: return .undefined
    }
  }

  /// a mod m with the sign of m.
  private mutating func modulo(_ value: Number, _ modulus: Number) -> Number {
    if modulus.isZero { return .undefined }
    let quotient = floor(arithmetic.divide(value, modulus))
    return arithmetic.subtract(value, arithmetic.multiply(quotient, modulus))
  }

  private func greatestCommonDivisor(_ left: Number, _ right: Number) -> Number {
    guard let a = left.bigRational, let b = right.bigRational else { return .undefined }
    let scale = a.denominator * b.denominator
    let top = (a.numerator * b.denominator).greatestCommonDivisor(with: b.numerator * a.denominator)
    return Number.narrowed(BigRational(top, scale))
  }

  private func leastCommonMultiple(_ left: Number, _ right: Number) -> Number {
    guard let a = left.bigRational, let b = right.bigRational,
      let divisor = greatestCommonDivisor(left, right).bigRational,
      divisor.numerator != 0
    else { return .undefined }
    let product = BigRational(
      a.numerator * b.numerator * divisor.denominator, a.denominator * b.denominator * divisor.numerator)
    return Number.narrowed(BigRational(BigInt(product.numerator.magnitude), product.denominator))
  }
}
