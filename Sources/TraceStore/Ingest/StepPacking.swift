import Traces

/// Packs the ends and the keys of a rollout's steps, in memory that serves one rollout after the other.
struct StepPacking {
  private var narrowEnds: [UInt16] = []
  private var wideEnds: [Int32] = []
  private var keys: [UInt64] = []

  /// Replaces what is packed by the steps of another rollout.
  ///
  /// - Parameter delimiterBytes: The length of the text between two steps.
  mutating func pack(_ rollout: RolloutRecord, delimiterBytes: Int) {
    narrowEnds.removeAll(keepingCapacity: true)
    wideEnds.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    if rollout.stepEnds.last ?? 0 <= UInt16.max {
      for end in rollout.stepEnds { narrowEnds.append(UInt16(end)) }
    } else {
      wideEnds = rollout.stepEnds
    }
    var text = rollout.text
    text.withUTF8 { bytes in
      var start = 0
      for end in rollout.stepEnds {
        let step = UnsafeBufferPointer(rebasing: bytes[start..<max(start, Int(end))])
        keys.append(StableHash.key(ofStep: UnsafeRawBufferPointer(step)))
        start = Int(end) + delimiterBytes
      }
    }
  }

  /// Calls a body with the packed ends and keys.
  func withBytes(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void) rethrows {
    try keys.withUnsafeBytes { keys in
      if wideEnds.isEmpty {
        try narrowEnds.withUnsafeBytes { try body($0, keys) }
      } else {
        try wideEnds.withUnsafeBytes { try body($0, keys) }
      }
    }
  }
}
