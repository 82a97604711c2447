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
    var index = 0
    while index + 4 <= steps.count {
      var lanes = (
        Lane(text, steps[index]), Lane(text, steps[index + 1]),
        Lane(text, steps[index + 2]), Lane(text, steps[index + 3])
      )
      let shared = min(lanes.0.words, lanes.1.words, lanes.2.words, lanes.3.words)
      for _ in 0..<shared {
        lanes.0.absorbWord()
        lanes.1.absorbWord()
        lanes.2.absorbWord()
        lanes.3.absorbWord()
      }
      keys.append(lanes.0.finish())
      keys.append(lanes.1.finish())
      keys.append(lanes.2.finish())
      keys.append(lanes.3.finish())
      index += 4
    }
    while index < steps.count {
      keys.append(key(ofStep: UnsafeRawBufferPointer(rebasing: text[steps[index]])))
      index += 1
    }
  }

  /// One step on its way into its key.
  private struct Lane {
    private var hash = StableHash.ofStep
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    @inline(__always)
    init(_ text: UnsafeRawBufferPointer, _ step: Range<Int>) {
      bytes = UnsafeRawBufferPointer(rebasing: text[step])
    }

    /// The whole words of eight bytes.
    @inline(__always)
    var words: Int { bytes.count >> 3 }

    @inline(__always)
    mutating func absorbWord() {
      hash.combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }

    /// Absorbs what is left, as `combine(bytes:)` does.
    @inline(__always)
    mutating func finish() -> UInt64 {
      hash.combine(bytes: bytes, from: offset)
      return hash.value
    }
  }
}
