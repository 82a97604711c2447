#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension WideFloat {
  /// Reciprocals of factorials, the coefficients of the exponential, sine and cosine series.
  private static let inverseFactorials: [WideFloat] = {
    var result = [WideFloat.one]
    for index in 1...64 { result.append(result[index - 1].divided(by: UInt64(index))) }
    return result
  }()

  /// The value as an integer when it is below 2^62 in magnitude, rounded towards minus infinity.
  var floorInt: Int64? {
    if isZero { return 0 }
    if exponent > 62 { return nil }
    if exponent <= 0 { return negative ? -1 : 0 }
    let whole = Int64(m3 >> UInt64(64 - exponent))
    if !negative { return whole }
    let exact = m3 << UInt64(exponent) == 0 && m2 == 0 && m1 == 0 && m0 == 0
    return exact ? -whole : -whole - 1
  }

  /// The exponential function; nil when the argument is above 2^40 in magnitude.
  var exponential: WideFloat? {
    if isZero { return .one }
    if exponent > 40 { return nil }
    guard let multiple = (self / .logTwo + .half).floorInt else { return nil }
    let rest = (self - WideFloat(multiple) * .logTwo).scaled(by: -8)
    let table = WideFloat.inverseFactorials
    var sum = table[27]
    for index in stride(from: 26, through: 0, by: -1) { sum = sum * rest + table[index] }
    for _ in 0..<8 { sum = sum * sum }
    return sum.scaled(by: Int(multiple))
  }

  /// The natural logarithm of a positive value; nil otherwise.
  var logarithm: WideFloat? {
    if isZero || negative { return nil }
    var scaled = self
    scaled.exponent = 1
    let guess = WideFloat(log(scaled.double))
    guard let power = (-guess).exponential else { return nil }
    let delta = scaled * power - WideFloat.one
    return guess + delta.logarithmNearOne + WideFloat(Int64(exponent - 1)) * .logTwo
  }

  /// log(1 + delta) for a delta below 2^-45, by its series.
  private var logarithmNearOne: WideFloat {
    var sum = divided(by: 6)
    for index in stride(from: 5, through: 2, by: -1) {
      sum = self * (WideFloat.one.divided(by: UInt64(index)) - sum)
    }
    return self * (WideFloat.one - sum)
  }

  /// Sine and cosine; nil when the argument is above 2^40 in magnitude.
  var sineAndCosine: (sine: WideFloat, cosine: WideFloat)? {
    if exponent > 40 && !isZero { return nil }
    guard let quarter = (self / .halfPi + .half).floorInt else { return nil }
    var rest = self - WideFloat(quarter) * .halfPi
    // A multiple of pi / 2 leaves only rounding noise, which is zero.
    if !rest.isZero && quarter != 0 && rest.exponent < exponent - 200 { rest = .zero }
    let square = rest * rest
    let table = WideFloat.inverseFactorials
    var sine = table[57]
    var cosine = table[56]
    for index in stride(from: 55, through: 1, by: -2) { sine = table[index] - sine * square }
    for index in stride(from: 54, through: 0, by: -2) { cosine = table[index] - cosine * square }
    sine = sine * rest
    switch quarter & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// The arc tangent.
  var arcTangent: WideFloat {
    if isZero { return .zero }
    if exponent > 1 {
      let rest = reciprocal.magnitude.arcTangent
      let result = WideFloat.halfPi - rest
      return negative ? -result : result
    }
    let guess = WideFloat(atan(double))
    guard let (sine, cosine) = guess.sineAndCosine else { return .zero }
    let delta = (self * cosine - sine) / (cosine + self * sine)
    let square = delta * delta
    let series = WideFloat.one - square * (WideFloat.one.divided(by: 3) - square.divided(by: 5))
    return guess + delta * series
  }

  /// The angle of the point (x, y), from -pi to pi; zero at the origin.
  static func angle(y: WideFloat, x: WideFloat) -> WideFloat {
    if x.isZero {
      if y.isZero { return .zero }
      return y.negative ? -halfPi : halfPi
    }
    let base = (y / x).arcTangent
    if !x.negative { return base }
    return y.negative ? base - pi : base + pi
  }
}
