import Traces

/// Collects the texts of a segment's steps, joined by a delimiter, with the place where each ends.
struct StepText {
  private var bytes: [UInt8] = []
  private(set) var ends: [Int32] = []
  private let delimiter: [UInt8]

  init(delimiter: String) { self.delimiter = Array(delimiter.utf8) }

  /// Begins a step; its text follows.
  mutating func beginStep() {
    if !ends.isEmpty { bytes.append(contentsOf: delimiter) }
  }

  /// Adds text that the function writes to the step under way.
  mutating func write(_ body: (inout [UInt8]) throws -> Void) rethrows { try body(&bytes) }

  /// Ends the step under way.
  mutating func endStep() { ends.append(Int32(clamping: bytes.count)) }

  /// All steps' text, which must be valid UTF-8.
  var content: SharedText { SharedText(utf8: bytes) }
}
