/// The 128-bit fingerprint of an equivalence class.
///
/// Keys are made by a fixed mixing function of exact values and tags, so they are the same in every process and on every
/// machine; `Hasher`, which is seeded at random, takes no part.
struct ClassKey: Hashable, Sendable, Comparable {
  var high: UInt64
  var low: UInt64

  static func < (left: ClassKey, right: ClassKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// 32 hexadecimal digits.
  var text: String {
    func digits(_ value: UInt64) -> String {
      let short = String(value, radix: 16)
      return String(repeating: "0", count: 16 - short.count) + short
    }
    return digits(high) + digits(low)
  }
}

/// Builds a class key from a tag and parts, in order.
struct KeyBuilder {
  private var high: UInt64
  private var low: UInt64

  @inline(__always)
  init(_ tag: KeyTag) {
    high = 0x9e37_79b9_7f4a_7c15 &* (UInt64(tag.rawValue) &+ 1)
    low = 0xc2b2_ae3d_27d4_eb4f ^ UInt64(tag.rawValue)
  }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  @inline(__always)
  mutating func add(_ value: UInt64) {
    high = KeyBuilder.mix(high ^ value) &+ 0x9e37_79b9_7f4a_7c15
    low = KeyBuilder.mix((low << 5 | low >> 59) &+ value &* 0xff51_afd7_ed55_8ccd) ^ high
  }

  @inline(__always)
  mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }

  @inline(__always)
  mutating func add(_ key: ClassKey) {
    add(key.high)
    add(key.low)
  }

  @inline(__always)
  var key: ClassKey { ClassKey(high: KeyBuilder.mix(high &+ low), low: KeyBuilder.mix(low ^ (high >> 7))) }

  static func combine(_ tag: KeyTag, _ keys: [ClassKey]) -> ClassKey {
    var builder = KeyBuilder(tag)
    builder.add(keys.count)
    for key in keys { builder.add(key) }
    return builder.key
  }
}

/// What a key stands for; the raw values are part of the key and never change.
enum KeyTag: UInt8 {
  case rational = 1
  case bigRational
  case hugeRational
  case irrational
  case complex
  case infinity
  case residue
  case pointUndefined
  case function
  case symbol
  case text
  case list
  case tuple
  case closedPair
  case interval
  case region
  case equation
  case inequality
  case chain
  case matrix
  case ratio
  case base
  case timeOfDay
  case setOperation
  case numberSet
  case structure
  case dots
  case emptySet
  case orderedList
  case application
  case congruence
}
