import Testing
import Traces

@Suite("Keys of steps")
struct StepKeyTests {
  @Test("side by side they are what they are one by one, whatever the lengths")
  func sideBySide() {
    let text = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
    var state: UInt64 = 9
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for count in 0..<14 {
      let steps = (0..<count).map { _ in
        let start = random(400)
        return start..<start + random(401 - start)
      }
      text.withUnsafeBytes { bytes in
        var keys: [UInt64] = []
        StableHash.addKeys(ofSteps: steps, in: bytes, to: &keys)
        #expect(keys == steps.map { StableHash.key(ofStep: UnsafeRawBufferPointer(rebasing: bytes[$0])) })
      }
    }
  }

  /// The definition, byte by byte: words of eight bytes, the rest as a word, the count, each mixed by SplitMix64's
  /// finaliser.
  private func key(byDefinition bytes: [UInt8]) -> UInt64 {
    func mixed(_ value: UInt64) -> UInt64 {
      var value = value
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    let whole = bytes.count / 8 * 8
    let words = stride(from: 0, to: whole, by: 8).map { word(bytes[$0..<$0 + 8]) } + [word(bytes[whole...])]
    return (words + [UInt64(bytes.count)]).reduce(mixed(0x5354_4550 &+ 0x9E37_79B9_7F4A_7C15)) { state, word in
      mixed((state ^ word) &+ 0x9E37_79B9_7F4A_7C15)
    }
  }

  @Test("they are what their definition says for every length")
  func definition() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 83 &+ 201) }
      // The bytes before and behind are no part of the step.
      let surrounded = [0xff, 0xfe] + bytes + [0xfd]
      let found = surrounded.withUnsafeBytes {
        StableHash.key(ofStep: UnsafeRawBufferPointer(rebasing: $0[2..<2 + count]))
      }
      #expect(found == key(byDefinition: bytes))
    }
  }
}
