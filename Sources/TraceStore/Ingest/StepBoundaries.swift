/// Where the steps of a rollout end in its text, packed in two bytes a step where the text is short enough and in four
/// otherwise.
struct StepBoundaries {
  let ends: [Int32]

  init(ends: [Int32]) { self.ends = ends }

  /// Reads packed ends; the number of steps says how wide they are.
  init(packed bytes: UnsafeRawBufferPointer, steps: Int) {
    let width = steps == 0 ? 0 : bytes.count / steps
    ends = (0..<steps).map { step in
      width == 2
        ? Int32(bytes.loadUnaligned(fromByteOffset: step * 2, as: UInt16.self))
        : Int32(bitPattern: bytes.loadUnaligned(fromByteOffset: step * 4, as: UInt32.self))
    }
  }

  /// Calls a body with the first byte of each step and the byte after its last, without allocating.
  @inline(__always)
  static func forEachRange(
    packed bytes: UnsafeRawBufferPointer,
    steps: Int,
    delimiterBytes: Int,
    _ body: (Int, Int) -> Void
  ) {
    let isNarrow = bytes.count == steps * 2
    guard isNarrow || bytes.count == steps * 4 else { return }
    var start = 0
    for step in 0..<steps {
      let end =
        isNarrow
        ? Int(bytes.loadUnaligned(fromByteOffset: step * 2, as: UInt16.self))
        : Int(bytes.loadUnaligned(fromByteOffset: step * 4, as: UInt32.self))
      body(start, max(start, end))
      start = end + delimiterBytes
    }
  }

  /// The bytes of each step in the text.
  ///
  /// - Parameter delimiterBytes: The length of the text between two steps.
  func ranges(delimiterBytes: Int) -> [Range<Int>] {
    var start = 0
    return ends.map { end in
      defer { start = Int(end) + delimiterBytes }
      return start..<max(start, Int(end))
    }
  }
}
