extension Evaluator {
  /// Sine and its relatives; an argument in degrees is converted.
  mutating func trigonometric(_ name: FunctionName, _ argument: Number, _ child: Int32) -> Number {
    guard arithmetic.spend(400) else { return .undefined }
    guard let angle = radians(argument, child) else { return .undefined }
    guard angle.isReal else { return complexTrigonometric(name, angle) }
    guard let (sine, cosine) = angle.real.sineAndCosine else { return .undefined }
    switch name {
    case .sine: return .real(sine)
    case .cosine: return .real(cosine)
    case .tangent: return arithmetic.divide(.real(sine), .real(cosine))
    case .cotangent: return arithmetic.divide(.real(cosine), .real(sine))
    case .secant: return arithmetic.inverse(.real(cosine))
    default: return arithmetic.inverse(.real(sine))
    }
  }

  private func radians(_ value: Number, _ child: Int32) -> WideComplex? {
    guard let plain = value.wideComplex else { return nil }
    guard isInDegrees(child) else { return plain }
    return WideComplex((plain.real * .pi).divided(by: 180))
  }

  /// A degree sign occurs in the argument.
  private func isInDegrees(_ node: Int32) -> Bool {
    tree.nodes[Int(tree.nodes[Int(node)].first)...Int(node)].contains { $0.kind == .degree }
  }

  private mutating func complexTrigonometric(_ name: FunctionName, _ angle: WideComplex) -> Number {
    // e^(iz) and e^(-iz)
    let turned = WideComplex(-angle.imaginary, angle.real)
    guard name == .sine || name == .cosine, let plus = turned.exponential, let minus = (-turned).exponential else {
      return .undefined
    }
    let sign: Number = name == .cosine ? .one : .rational(-1, 1)
    let sum = arithmetic.add(Number.wide(plus), arithmetic.multiply(sign, Number.wide(minus)))
    let half = arithmetic.multiply(sum, .rational(1, 2))
    return name == .cosine ? half : arithmetic.divide(half, .complex(.imaginaryUnit))
  }

  /// Principal values of the inverse functions for real arguments.
  mutating func inverse(_ name: FunctionName, _ argument: Number) -> Number {
    guard arithmetic.spend(500) else { return .undefined }
    if case .infinity(let negative) = argument, name == .arcTangent {
      return .real(negative ? -.halfPi : .halfPi)
    }
    guard let value = argument.wide else { return .undefined }
    switch name {
    case .arcTangent: return .real(value.arcTangent)
    case .arcCotangent: return .real(WideFloat.angle(y: .one, x: value))
    case .arcSine: return arcSine(value).map { .real($0) } ?? .undefined
    case .arcCosine: return arcCosine(value).map { .real($0) } ?? .undefined
    case .arcSecant:
      return value.isZero ? .undefined : arcCosine(value.reciprocal).map { .real($0) } ?? .undefined
    default: return value.isZero ? .undefined : arcSine(value.reciprocal).map { .real($0) } ?? .undefined
    }
  }

  private func cathetus(_ value: WideFloat) -> WideFloat? {
    let square = (WideFloat.one - value) * (WideFloat.one + value)
    return square.negative ? nil : square.squareRoot
  }

  private func arcSine(_ value: WideFloat) -> WideFloat? {
    cathetus(value).map { WideFloat.angle(y: value, x: $0) }
  }

  private func arcCosine(_ value: WideFloat) -> WideFloat? {
    cathetus(value).map { WideFloat.angle(y: $0, x: value) }
  }

  mutating func hyperbolic(_ name: FunctionName, _ argument: Number) -> Number {
    let plus = exponential(argument)
    let minus = arithmetic.inverse(plus)
    let sine = arithmetic.multiply(arithmetic.subtract(plus, minus), .rational(1, 2))
    let cosine = arithmetic.multiply(arithmetic.add(plus, minus), .rational(1, 2))
    switch name {
    case .hyperbolicSine: return sine
    case .hyperbolicCosine: return cosine
    default: return arithmetic.divide(sine, cosine)
    }
  }
}
