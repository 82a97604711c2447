extension StableHash {
  /// Adds the key of each step of a text, as `key(ofStep:)` gives it.
  ///
  /// A hash waits for its own last result; four of them side by side fill the waiting.
  ///
  /// - Parameters:
  ///   - steps: The bytes of each step, within the text.
  ///   - text: The text's bytes.
  ///   - keys: Takes a key a step.
  public static func addKeys(ofSteps steps: [Range<Int>], in text: UnsafeRawBufferPointer, to keys: inout [UInt64]) {
    var first = 0
    while first < steps.count {
      let count = min(4, steps.count - first)
      var lanes = (
        Lane(text, steps[first]), Lane(text, count > 1 ? steps[first + 1] : 0..<0),
        Lane(text, count > 2 ? steps[first + 2] : 0..<0), Lane(text, count > 3 ? steps[first + 3] : 0..<0)
      )
      absorbWords(&lanes)
      keys.append(lanes.0.finish())
      if count > 1 { keys.append(lanes.1.finish()) }
      if count > 2 { keys.append(lanes.2.finish()) }
      if count > 3 { keys.append(lanes.3.finish()) }
      first += count
    }
  }

  /// Absorbs the whole words of four steps in turns; shorter ones drop out.
  @inline(__always)
  private static func absorbWords(_ lanes: inout (Lane, Lane, Lane, Lane)) {
    let words = (lanes.0.words, lanes.1.words, lanes.2.words, lanes.3.words)
    for word in 0..<max(words.0, words.1, words.2, words.3) {
      if word < words.0 { lanes.0.absorb(word) }
      if word < words.1 { lanes.1.absorb(word) }
      if word < words.2 { lanes.2.absorb(word) }
      if word < words.3 { lanes.3.absorb(word) }
    }
  }

  /// One step on its way into its key.
  private struct Lane {
    private var hash = StableHash.ofStep
    private let bytes: UnsafeRawBufferPointer

    @inline(__always)
    init(_ text: UnsafeRawBufferPointer, _ step: Range<Int>) {
      bytes = UnsafeRawBufferPointer(rebasing: text[step])
    }

    /// The whole words of eight bytes.
    @inline(__always)
    var words: Int { bytes.count >> 3 }

    @inline(__always)
    mutating func absorb(_ word: Int) {
      hash.combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: word &<< 3, as: UInt64.self)))
    }

    /// Absorbs what is left, as `combine(bytes:)` does.
    @inline(__always)
    mutating func finish() -> UInt64 {
      hash.combine(bytes: bytes, from: words &<< 3)
      return hash.value
    }
  }
}
