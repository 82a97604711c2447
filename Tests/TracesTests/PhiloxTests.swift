import Testing

@testable import Traces

/// The vectors published with Random123 (kat_vectors, philox4x32 10 rounds).
@Suite struct PhiloxTests {
  @Test func zeroes() {
    #expect(
      Philox4x32.block(counter: .zero, key: .zero) == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
  }

  @Test func ones() {
    let all = SIMD4<UInt32>(repeating: .max)
    #expect(
      Philox4x32.block(counter: all, key: SIMD2(repeating: .max))
        == SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
  }

  @Test func digitsOfPi() {
    let counter = SIMD4<UInt32>(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344)
    #expect(
      Philox4x32.block(counter: counter, key: SIMD2(0xA409_3822, 0x299F_31D0))
        == SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
  }

  @Test(arguments: [0, 6, UInt32.max - 1, UInt32.max]) func twoBlocksAreThoseOfTwoCounters(first: UInt32) {
    let key = SIMD2<UInt32>(0xA409_3822, 0x299F_31D0)
    let counter = SIMD4<UInt32>(first, 8, 3, 4)
    let next = SIMD4<UInt32>(first &+ 1, first == .max ? 9 : 8, 3, 4)
    let both = Philox4x32.twoBlocks(counter: counter, key: key)
    #expect(both.lowHalf == Philox4x32.block(counter: counter, key: key))
    #expect(both.highHalf == Philox4x32.block(counter: next, key: key))
  }

  @Test func aStreamIsTheBlocksInOrder() {
    let key = RandomStream.Key(seed: 1, problem: "p", method: "m", settings: "")
    var stream = RandomStream(key, budget: 5, replicate: 7)
    let words = SIMD2(UInt32(truncatingIfNeeded: key.hash), UInt32(truncatingIfNeeded: key.hash >> 32))
    for block in 0..<5 {
      let expected = Philox4x32.block(counter: SIMD4(UInt32(block), 0, 7, 5), key: words)
      for i in 0..<4 { #expect(stream.nextBits() == expected[i]) }
    }
  }

  @Test func boundedNumbersAreUniform() {
    var stream = RandomStream(.init(seed: 1, problem: "p", method: "m", settings: ""), budget: 1, replicate: 0)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.below(7)] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    // 99.9 % point of the chi-square law with six degrees of freedom.
    #expect(chiSquare < 22.46)
  }
}
