/// A binary floating-point number with a 256-bit significand and a 64-bit exponent.
///
/// The value is `± m / 2^256 · 2^exponent` with the top bit of `m` set; zero has `m3 == 0`.
/// Every operation is exact to a few units in the last place, the same on every machine, and allocates nothing.
struct WideFloat: Sendable {
  var negative: Bool
  var exponent: Int
  /// Limbs of the significand, most significant in `m3`.
  var m3: UInt64
  var m2: UInt64
  var m1: UInt64
  var m0: UInt64

  @inline(__always)
  init(negative: Bool, exponent: Int, _ m3: UInt64, _ m2: UInt64, _ m1: UInt64, _ m0: UInt64) {
    self.negative = negative
    self.exponent = exponent
    self.m3 = m3
    self.m2 = m2
    self.m1 = m1
    self.m0 = m0
  }

  static let zero = WideFloat(negative: false, exponent: 0, 0, 0, 0, 0)
  static let one = WideFloat(Int64(1))
  static let half = WideFloat(negative: false, exponent: 0, 1 << 63, 0, 0, 0)
  static let pi = WideFloat(
    negative: false, exponent: 2, 0xc90f_daa2_2168_c234, 0xc4c6_628b_80dc_1cd1, 0x2902_4e08_8a67_cc74,
    0x020b_bea6_3b13_9b22)
  static let logTwo = WideFloat(
    negative: false, exponent: 0, 0xb172_17f7_d1cf_79ab, 0xc9e3_b398_03f2_f6af, 0x40f3_4326_7298_b62d,
    0x8a0d_175b_8baa_fa2c)
  static let euler = WideFloat(
    negative: false, exponent: 2, 0xadf8_5458_a2bb_4a9a, 0xafdc_5620_273d_3cf1, 0xd8b9_c583_ce2d_3695,
    0xa9e1_3641_1464_33fc)
  static let halfPi = pi.scaled(by: -1)

  init(_ value: Int64) {
    if value == 0 {
      self = .zero
      return
    }
    let magnitude = value.magnitude
    let shift = magnitude.leadingZeroBitCount
    self.init(negative: value < 0, exponent: 64 - shift, magnitude << UInt64(shift), 0, 0, 0)
  }

  /// A finite double; zero for anything else.
  init(_ value: Double) {
    guard value.isFinite, value != 0 else {
      self = .zero
      return
    }
    let significand = UInt64(value.significand * 0x1p52) << 11
    self.init(negative: value < 0, exponent: Int(value.exponent) + 1, significand, 0, 0, 0)
  }

  @inline(__always)
  var isZero: Bool { m3 == 0 }

  /// The nearest double; overflows to infinity and underflows to zero.
  var double: Double {
    if isZero { return 0 }
    let clamped = max(-2_000, min(2_000, exponent))
    let magnitude = Double(sign: .plus, exponent: clamped - 64, significand: Double(m3))
    return negative ? -magnitude : magnitude
  }

  /// Multiplied by 2^power.
  func scaled(by power: Int) -> WideFloat {
    if isZero { return self }
    var result = self
    result.exponent += power
    return result
  }

  var magnitude: WideFloat {
    var result = self
    result.negative = false
    return result
  }

  static prefix func - (value: WideFloat) -> WideFloat {
    if value.isZero { return value }
    var result = value
    result.negative.toggle()
    return result
  }

  /// The limbs with the highest bit brought to the top.
  @inline(__always)
  static func normalized(
    negative: Bool, exponent: Int, _ limbs: (UInt64, UInt64, UInt64, UInt64)
  ) -> WideFloat {
    var (a, b, c, d) = limbs
    var power = exponent
    while a == 0 {
      if b == 0 && c == 0 && d == 0 { return .zero }
      (a, b, c, d) = (b, c, d, 0)
      power -= 64
    }
    let shift = UInt64(a.leadingZeroBitCount)
    if shift > 0 {
      let back = 64 - shift
      a = (a << shift) | (b >> back)
      b = (b << shift) | (c >> back)
      c = (c << shift) | (d >> back)
      d <<= shift
      power -= Int(shift)
    }
    return WideFloat(negative: negative, exponent: power, a, b, c, d)
  }
}
