import Traces

/// The ends and the keys of a rollout's steps, in memory that serves one rollout after the other.
struct StepPacking {
  private var narrowEnds: [UInt16] = []
  private var wideEnds: [Int32] = []
  private var ranges: [Range<Int>] = []
  /// A key for each step.
  private(set) var keys: [UInt64] = []

  /// Replaces what is packed by the steps of another rollout.
  ///
  /// - Parameters:
  ///   - stepEnds: Where its steps end in its text.
  ///   - text: Its text in UTF-8.
  ///   - delimiterBytes: The length of the text between two steps.
  mutating func pack(_ stepEnds: UnsafeBufferPointer<Int32>, of text: UnsafeRawBufferPointer, delimiterBytes: Int) {
    narrowEnds.removeAll(keepingCapacity: true)
    wideEnds.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    if stepEnds.last ?? 0 <= UInt16.max {
      for end in stepEnds { narrowEnds.append(UInt16(end)) }
    } else {
      wideEnds = Array(stepEnds)
    }
    var start = 0
    for end in stepEnds {
      ranges.append(start..<max(start, Int(end)))
      start = Int(end) + delimiterBytes
    }
    StableHash.addKeys(ofSteps: ranges, in: text, to: &keys)
  }

  /// Calls a body with the packed ends.
  func withEnds<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    wideEnds.isEmpty ? try narrowEnds.withUnsafeBytes(body) : try wideEnds.withUnsafeBytes(body)
  }
}
