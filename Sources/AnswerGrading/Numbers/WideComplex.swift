/// A complex number of two wide floats.
struct WideComplex: Sendable {
  var real: WideFloat
  var imaginary: WideFloat

  init(_ real: WideFloat, _ imaginary: WideFloat = .zero) {
    self.real = real
    self.imaginary = imaginary
  }

  static let imaginaryUnit = WideComplex(.zero, .one)

  var isReal: Bool { imaginary.isZero }
  var isZero: Bool { real.isZero && imaginary.isZero }

  static prefix func - (value: WideComplex) -> WideComplex { WideComplex(-value.real, -value.imaginary) }

  static func * (left: WideComplex, right: WideComplex) -> WideComplex {
    if left.isReal && right.isReal { return WideComplex(left.real * right.real) }
    return WideComplex(
      snapped(left.real * right.real, minus: left.imaginary * right.imaginary),
      snapped(left.real * right.imaginary, minus: -(left.imaginary * right.real)))
  }

  /// The difference, zero when it is nothing but rounding noise.
  private static func snapped(_ left: WideFloat, minus right: WideFloat) -> WideFloat {
    let difference = left - right
    if difference.isZero { return .zero }
    return difference.exponent < max(left.exponent, right.exponent) - 200 && !left.isZero && !right.isZero
      ? .zero : difference
  }

  /// The quotient; nil for division by zero.
  static func / (left: WideComplex, right: WideComplex) -> WideComplex? {
    if right.isZero { return nil }
    if right.isReal {
      return WideComplex(left.real / right.real, left.imaginary.isZero ? .zero : left.imaginary / right.real)
    }
    let norm = right.real * right.real + right.imaginary * right.imaginary
    let product = left * WideComplex(right.real, -right.imaginary)
    return WideComplex(product.real / norm, product.imaginary / norm)
  }

  var magnitude: WideFloat {
    if isReal { return real.magnitude }
    if real.isZero { return imaginary.magnitude }
    return (real * real + imaginary * imaginary).squareRoot
  }

  /// The principal logarithm; nil for zero.
  var logarithm: WideComplex? {
    guard let radius = magnitude.logarithm else { return nil }
    return WideComplex(radius, WideFloat.angle(y: imaginary, x: real))
  }

  var exponential: WideComplex? {
    guard let radius = real.exponential else { return nil }
    if isReal { return WideComplex(radius) }
    guard let (sine, cosine) = imaginary.sineAndCosine else { return nil }
    return WideComplex(radius * cosine, radius * sine)
  }

  /// The principal square root.
  var squareRoot: WideComplex {
    if isReal {
      return real.negative ? WideComplex(.zero, (-real).squareRoot) : WideComplex(real.squareRoot)
    }
    let length = magnitude
    let x = ((length + real).scaled(by: -1)).squareRoot
    let y = ((length - real).scaled(by: -1)).squareRoot
    return WideComplex(x, imaginary.negative ? -y : y)
  }
}
