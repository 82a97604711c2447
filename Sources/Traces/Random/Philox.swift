/// Philox4x32-10, a counter-based generator: the numbers at a counter are a function of key and counter alone.
///
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011
/// (doi 10.1145/2063384.2063405); its published vectors are in the tests.
public enum Philox4x32 {
  /// The four 32-bit numbers at a counter.
  ///
  /// - Complexity: ten rounds of two 32 x 32 bit multiplications.
  @inlinable
  public static func block(
    counter: SIMD4<UInt32>,
    key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var lane = Lane(counter)
    var (left, right) = (key.x, key.y)
    for _ in 0..<10 {
      lane.round(left, right)
      left &+= leftStep
      right &+= rightStep
    }
    return SIMD4(lane.x, lane.y, lane.z, lane.w)
  }

  /// The numbers at a counter and at the next one, whose `x` is one more.
  ///
  /// A round waits for the one before; two blocks side by side take hardly longer than one.
  @inlinable
  public static func twoBlocks(
    counter: SIMD4<UInt32>,
    key: SIMD2<UInt32>
  ) -> SIMD8<UInt32> {
    var first = Lane(counter)
    var second = Lane(counter)
    second.x &+= 1
    if second.x == 0 { second.y &+= 1 }
    var (left, right) = (key.x, key.y)
    for _ in 0..<10 {
      first.round(left, right)
      second.round(left, right)
      left &+= leftStep
      right &+= rightStep
    }
    return SIMD8(first.x, first.y, first.z, first.w, second.x, second.y, second.z, second.w)
  }

  @usableFromInline static let leftStep: UInt32 = 0x9E37_79B9
  @usableFromInline static let rightStep: UInt32 = 0xBB67_AE85

  /// The state of one block, in plain registers: vectors would be taken apart for every multiplication.
  @usableFromInline
  struct Lane {
    @usableFromInline var x, y, z, w: UInt32

    @inlinable
    @inline(__always)
    init(_ counter: SIMD4<UInt32>) {
      (x, y, z, w) = (counter.x, counter.y, counter.z, counter.w)
    }

    @inlinable
    @inline(__always)
    mutating func round(_ leftKey: UInt32, _ rightKey: UInt32) {
      let left = UInt64(x) &* 0xD251_1F53
      let right = UInt64(z) &* 0xCD9E_8D57
      x = UInt32(truncatingIfNeeded: right >> 32) ^ y ^ leftKey
      y = UInt32(truncatingIfNeeded: right)
      z = UInt32(truncatingIfNeeded: left >> 32) ^ w ^ rightKey
      w = UInt32(truncatingIfNeeded: left)
    }
  }
}
