/// The fixed points at which expressions with variables are compared.
///
/// A variable's value at a point depends on its name alone: a fraction with a small denominator, so that functions such
/// as floor see values that are not whole. Three points are positive (below 1, a few units, a few tens). At the
/// fourth some variables are negative, of x, y, z or a, b, c only the first, so that the product of two is negative and
/// log(xy) is as undefined as log x + log y. `n` is a natural number of either parity. Two different expressions that people write agree at all four
/// points only by a coincidence of fractions with denominators around 100 and of 61-bit residues.
enum SamplePoints {
  static let count = 4

  /// The field in which rational values at a point are compared.
  @inline(__always)
  static func field(_ point: Int) -> PrimeField { point & 1 == 0 ? .first : .second }

  static func value(of symbol: Symbol, at point: Int) -> (Int64, Int64) {
    if symbol.isNatural { return (naturals[point] + Int64(symbol.hash % 3) * 2, 1) }
    let (top, bottom) = value(hash: symbol.hash, at: point)
    return point == 3 && !symbol.isNegative ? (-top, bottom) : (top, bottom)
  }

  private static let naturals: [Int64] = [7, 12, 21, 30]
  private static let primes: [Int64] = [61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137]
  private static let bounds: [(low: Int64, high: Int64)] = [(20, 95), (140, 390), (1_300, 3_800), (-680, -250)]

  /// A fraction between the bounds of the point, in hundredths.
  static func value(hash: UInt64, at point: Int) -> (Int64, Int64) {
    let bits = KeyBuilder.mix(hash &+ UInt64(point) &* 0x9e37_79b9_7f4a_7c15)
    let bottom = primes[Int(bits & 15)]
    let (low, high) = bounds[point]
    let first = low * bottom / 100
    let last = high * bottom / 100
    var top = first + Int64((bits >> 8) % UInt64(last - first))
    if top % bottom == 0 { top += 1 }
    return (top, bottom)
  }
}
