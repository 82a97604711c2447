import BigInt

extension Printer {
  /// A constant written out; nil when it has no short exact form.
  func constant(_ value: Number) -> String? {
    switch value {
    case .rational(let top, let bottom): return Printer.fraction(BigInt(top), BigInt(bottom))
    case .big(let value): return Printer.fraction(value.numerator, value.denominator)
    case .infinity(let negative): return negative ? "-\\infty" : "\\infty"
    case .real(let value): return Printer.irrational(value)
    case .complex(let value): return Printer.complex(value)
    default: return nil
    }
  }

  private static func fraction(_ top: BigInt, _ bottom: BigInt) -> String {
    if bottom == 1 { return String(top) }
    let magnitude = "\\frac{\(String(top.magnitude))}{\(String(bottom))}"
    return top.sign == .minus ? "-" + magnitude : magnitude
  }

  /// Rational multiples of square roots and of pi, and logarithms of fractions.
  private static func irrational(_ value: WideFloat) -> String? {
    if let square = RationalRecognition.fraction(value * value), let text = root(of: square) {
      return value.negative ? "-" + text : text
    }
    if case .rational(let top, let bottom)? = RationalRecognition.fraction(value / .pi) {
      return multiple(top, bottom, "\\pi")
    }
    if value.exponent < 6, let power = value.exponential,
      case .rational(let top, let bottom)? = RationalRecognition.fraction(power),
      top < 1_000_000, bottom < 1_000_000
    {
      return "\\ln\\left(" + fraction(BigInt(top), BigInt(bottom)) + "\\right)"
    }
    return nil
  }

  /// The square root of a fraction with the square factors in front.
  private static func root(of square: Number) -> String? {
    guard case .rational(let top, let bottom) = square, top > 0 else { return nil }
    let (radicand, overflow) = top.multipliedReportingOverflow(by: bottom)
    guard !overflow, radicand < 1 << 40 else { return nil }
    var rest = radicand
    var outside: Int64 = 1
    var factor: Int64 = 2
    while factor * factor <= rest && factor < 100_000 {
      while rest % (factor * factor) == 0 {
        rest /= factor * factor
        outside *= factor
      }
      factor += 1
    }
    guard case .rational(let a, let b) = Number.fraction(outside, bottom) else { return nil }
    return multiple(a, b, "\\sqrt{\(rest)}")
  }

  private static func multiple(_ top: Int64, _ bottom: Int64, _ unit: String) -> String {
    let magnitude = top.magnitude == 1 ? unit : "\(top.magnitude)\(unit)"
    let text = bottom == 1 ? magnitude : "\\frac{\(magnitude)}{\(bottom)}"
    return top < 0 ? "-" + text : text
  }

  private static func complex(_ value: WideComplex) -> String? {
    guard let real = part(value.real), let imaginary = part(value.imaginary) else { return nil }
    let term = imaginary == "1" ? "i" : (imaginary == "-1" ? "-i" : imaginary + " i")
    if real == "0" { return term }
    return term.hasPrefix("-") ? real + " - " + term.dropFirst() : real + " + " + term
  }

  private static func part(_ value: WideFloat) -> String? {
    if case .rational(let top, let bottom)? = RationalRecognition.fraction(value) {
      return fraction(BigInt(top), BigInt(bottom))
    }
    return irrational(value)
  }
}
