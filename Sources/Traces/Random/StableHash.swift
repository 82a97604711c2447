/// A 64-bit hash that is the same on every machine and in every run, unlike `Hasher`.
///
/// Bytes are absorbed eight at a time and mixed by the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014,
/// doi 10.1145/2714064.2660195). Not cryptographic: two of a problem's steps collide with probability 2^-64.
public struct StableHash: Sendable {
  @usableFromInline
  var state: UInt64

  /// Starts a hash; different seeds give unrelated hashes.
  @inlinable
  public init(seed: UInt64 = 0) {
    state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
  }

  @inlinable
  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Absorbs a number.
  @inlinable
  public mutating func combine(_ number: UInt64) {
    state = Self.mix((state ^ number) &+ 0x9E37_79B9_7F4A_7C15)
  }

  /// Absorbs bytes and their count, so that neighbouring texts cannot run into each other.
  @inlinable
  public mutating func combine(bytes: UnsafeRawBufferPointer) {
    combine(bytes: bytes, from: 0)
  }

  /// Absorbs what follows the whole words before an offset, and the count of all bytes.
  @inlinable
  mutating func combine(bytes: UnsafeRawBufferPointer, from start: Int) {
    var offset = start
    while offset + 8 <= bytes.count {
      combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    let tail = Self.tail(of: bytes, from: offset)
    combine(tail)
    combine(UInt64(bytes.count))
  }

  /// The up to seven bytes behind the whole words, the first in the lowest place.
  @inlinable
  static func tail(of bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
    let rest = bytes.count - offset
    if rest == 0 { return 0 }
    // Of the last eight bytes, those before the tail are shifted out.
    if bytes.count >= 8 {
      let word = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      return UInt64(littleEndian: word) >> UInt64(64 - 8 * rest)
    }
    var tail: UInt64 = 0
    for index in 0..<rest { tail |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return tail
  }

  /// Absorbs a text as UTF-8.
  public mutating func combine(_ text: String) {
    var copy = text
    copy.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// The hash of all that was absorbed.
  @inlinable
  public var value: UInt64 { state }

  /// A check value of a partial answer: equal steps, equal values.
  public static func check(ofPrefix keys: some Sequence<UInt64>) -> UInt64 {
    var hash = StableHash(seed: 0x5052_4546)
    for key in keys { hash.combine(key) }
    return hash.value
  }

  /// The beginning of every step's key.
  @inlinable
  static var ofStep: StableHash { StableHash(seed: 0x5354_4550) }

  /// The key of a step's text: equal texts, equal keys.
  @inlinable
  public static func key(ofStep bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = ofStep
    hash.combine(bytes: bytes)
    return hash.value
  }
}
