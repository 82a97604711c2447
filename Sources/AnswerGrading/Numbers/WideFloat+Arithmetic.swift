extension WideFloat {
  @inline(__always)
  private func shiftedRight(_ amount: Int) -> (UInt64, UInt64, UInt64, UInt64) {
    var limbs = (m3, m2, m1, m0)
    var rest = amount
    while rest >= 64 {
      limbs = (0, limbs.0, limbs.1, limbs.2)
      rest -= 64
    }
    if rest > 0 {
      let shift = UInt64(rest)
      let back = 64 - shift
      limbs.3 = (limbs.3 >> shift) | (limbs.2 << back)
      limbs.2 = (limbs.2 >> shift) | (limbs.1 << back)
      limbs.1 = (limbs.1 >> shift) | (limbs.0 << back)
      limbs.0 >>= shift
    }
    return limbs
  }

  private static func addMagnitudes(_ large: WideFloat, _ small: WideFloat) -> WideFloat {
    let gap = large.exponent - small.exponent
    if gap >= 256 { return large }
    let other = small.shiftedRight(gap)
    let (d, carryD) = large.m0.addingReportingOverflow(other.3)
    let (c, carryC) = addWithCarry(large.m1, other.2, carryD)
    let (b, carryB) = addWithCarry(large.m2, other.1, carryC)
    let (a, carryA) = addWithCarry(large.m3, other.0, carryB)
    if !carryA { return WideFloat(negative: large.negative, exponent: large.exponent, a, b, c, d) }
    return WideFloat(
      negative: large.negative, exponent: large.exponent + 1, (a >> 1) | (1 << 63), (b >> 1) | (a << 63),
      (c >> 1) | (b << 63), (d >> 1) | (c << 63))
  }

  private static func subtractMagnitudes(_ large: WideFloat, _ small: WideFloat) -> WideFloat {
    let gap = large.exponent - small.exponent
    if gap >= 256 { return large }
    let other = small.shiftedRight(gap)
    let (d, borrowD) = large.m0.subtractingReportingOverflow(other.3)
    let (c, borrowC) = subtractWithBorrow(large.m1, other.2, borrowD)
    let (b, borrowB) = subtractWithBorrow(large.m2, other.1, borrowC)
    let (a, _) = subtractWithBorrow(large.m3, other.0, borrowB)
    return normalized(negative: large.negative, exponent: large.exponent, (a, b, c, d))
  }

  @inline(__always)
  private static func addWithCarry(_ left: UInt64, _ right: UInt64, _ carry: Bool) -> (UInt64, Bool) {
    let (first, overflow) = left.addingReportingOverflow(right)
    let (second, again) = first.addingReportingOverflow(carry ? 1 : 0)
    return (second, overflow || again)
  }

  @inline(__always)
  private static func subtractWithBorrow(_ left: UInt64, _ right: UInt64, _ borrow: Bool) -> (UInt64, Bool) {
    let (first, overflow) = left.subtractingReportingOverflow(right)
    let (second, again) = first.subtractingReportingOverflow(borrow ? 1 : 0)
    return (second, overflow || again)
  }

  /// -1, 0 or 1 as the magnitude is below, at or above the other's.
  static func compareMagnitudes(_ left: WideFloat, _ right: WideFloat) -> Int {
    if left.isZero || right.isZero { return left.isZero ? (right.isZero ? 0 : -1) : 1 }
    if left.exponent != right.exponent { return left.exponent < right.exponent ? -1 : 1 }
    if left.m3 != right.m3 { return left.m3 < right.m3 ? -1 : 1 }
    if left.m2 != right.m2 { return left.m2 < right.m2 ? -1 : 1 }
    if left.m1 != right.m1 { return left.m1 < right.m1 ? -1 : 1 }
    if left.m0 != right.m0 { return left.m0 < right.m0 ? -1 : 1 }
    return 0
  }

  static func + (left: WideFloat, right: WideFloat) -> WideFloat {
    if left.isZero { return right }
    if right.isZero { return left }
    let order = compareMagnitudes(left, right)
    if left.negative == right.negative {
      return order >= 0 ? addMagnitudes(left, right) : addMagnitudes(right, left)
    }
    if order == 0 { return .zero }
    return order > 0 ? subtractMagnitudes(left, right) : subtractMagnitudes(right, left)
  }

  static func - (left: WideFloat, right: WideFloat) -> WideFloat { left + (-right) }

  static func * (left: WideFloat, right: WideFloat) -> WideFloat {
    if left.isZero || right.isZero { return .zero }
    var columns = ColumnSum()
    columns.add(left.m3, right.m0)
    columns.add(left.m2, right.m1)
    columns.add(left.m1, right.m2)
    columns.add(left.m0, right.m3)
    _ = columns.next()
    columns.add(left.m3, right.m1)
    columns.add(left.m2, right.m2)
    columns.add(left.m1, right.m3)
    let d = columns.next()
    columns.add(left.m3, right.m2)
    columns.add(left.m2, right.m3)
    let c = columns.next()
    columns.add(left.m3, right.m3)
    let b = columns.next()
    let a = columns.next()
    return normalized(
      negative: left.negative != right.negative, exponent: left.exponent + right.exponent, (a, b, c, d))
  }

  /// Divided by a small positive integer.
  func divided(by divisor: UInt64) -> WideFloat {
    if isZero || divisor == 0 { return .zero }
    // A leading zero limb keeps the quotient's significance: the dividend is shifted down by the divisor's length.
    let (a, restA) = divisor.dividingFullWidth((0, m3))
    let (b, restB) = divisor.dividingFullWidth((restA, m2))
    let (c, restC) = divisor.dividingFullWidth((restB, m1))
    let (d, restD) = divisor.dividingFullWidth((restC, m0))
    let (e, _) = divisor.dividingFullWidth((restD, 0))
    if a != 0 {
      let shift = UInt64(a.leadingZeroBitCount)
      if shift == 0 { return WideFloat(negative: negative, exponent: exponent, a, b, c, d) }
      let back = 64 - shift
      return WideFloat(
        negative: negative, exponent: exponent - Int(shift), (a << shift) | (b >> back),
        (b << shift) | (c >> back), (c << shift) | (d >> back), (d << shift) | (e >> back))
    }
    return WideFloat.normalized(negative: negative, exponent: exponent - 64, (b, c, d, e))
  }

  /// One over the value by Newton's iteration; zero for zero.
  var reciprocal: WideFloat {
    if isZero { return .zero }
    var scaled = self
    scaled.exponent = 1
    scaled.negative = false
    var guess = WideFloat(1 / scaled.double)
    let two = WideFloat(Int64(2))
    for _ in 0..<3 { guess = guess * (two - scaled * guess) }
    guess.exponent += 1 - exponent
    guess.negative = negative
    return guess
  }

  static func / (left: WideFloat, right: WideFloat) -> WideFloat {
    let inverse = right.reciprocal
    let guess = left * inverse
    return guess + (left - guess * right) * inverse
  }

  /// The square root of a value that is not negative; zero otherwise.
  var squareRoot: WideFloat {
    if isZero || negative { return .zero }
    var scaled = self
    let odd = exponent & 1
    scaled.exponent = odd
    var inverse = WideFloat(1 / scaled.double.squareRoot())
    let three = WideFloat(Int64(3))
    for _ in 0..<3 { inverse = (inverse * (three - scaled * inverse * inverse)).scaled(by: -1) }
    var root = scaled * inverse
    root = root + ((scaled - root * root) * inverse).scaled(by: -1)
    root.exponent += (exponent - odd) / 2
    return root
  }
}

/// A running sum of 128-bit products, one column of 64 bits at a time.
struct ColumnSum {
  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0

  @inline(__always)
  mutating func add(_ left: UInt64, _ right: UInt64) {
    let (upper, lower) = left.multipliedFullWidth(by: right)
    let (sum, carry) = low.addingReportingOverflow(lower)
    low = sum
    let (second, again) = middle.addingReportingOverflow(upper)
    let (third, onceMore) = second.addingReportingOverflow(carry ? 1 : 0)
    middle = third
    high &+= (again ? 1 : 0) + (onceMore ? 1 : 0)
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    let result = low
    low = middle
    middle = high
    high = 0
    return result
  }
}
