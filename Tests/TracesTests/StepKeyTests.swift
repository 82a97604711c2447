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
}
