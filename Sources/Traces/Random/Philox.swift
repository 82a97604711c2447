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
    var counter = counter
    var key = key
    for round in 0..<10 {
      if round > 0 { key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let left = UInt64(counter.x) &* 0xD251_1F53
      let right = UInt64(counter.z) &* 0xCD9E_8D57
      counter = SIMD4(
        UInt32(truncatingIfNeeded: right >> 32) ^ counter.y ^ key.x,
        UInt32(truncatingIfNeeded: right),
        UInt32(truncatingIfNeeded: left >> 32) ^ counter.w ^ key.y,
        UInt32(truncatingIfNeeded: left))
    }
    return counter
  }
}
