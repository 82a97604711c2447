import Traces

/// A text in which compute-optimal-tts has put a mark and a line break after each step, for its reward models.
struct MarkedText {
  /// The mark, that of Math-Shepherd's reward model; neither the generator nor a reader of the text wants it.
  static let mark = "\u{043a}\u{0438}"
  /// What stands between two steps once the marks are gone.
  static let delimiter = "\n"

  /// Marks and their line breaks end steps; in words of a text the letters follow no blank.
  private static let separator = Array(" \(mark)\n".utf8)
  private static let lastMark = Array(" \(mark)".utf8)

  /// The steps' texts, joined.
  let content: SharedText
  /// Where they end.
  let ends: [Int32]

  /// Whether a text has marks.
  static func isMarked(_ text: SharedText) -> Bool {
    text.withUTF8 { $0.firstIndex(of: separator) != nil || $0.suffix(lastMark.count).elementsEqual(lastMark) }
  }

  /// Takes the marks out of a text; what is blank between two of them is no step.
  init(_ text: SharedText) {
    var steps = StepText(delimiter: Self.delimiter)
    text.withUTF8 { bytes in
      for piece in bytes.pieces(between: Self.separator) {
        let step = Self.withoutMarks(bytes[piece])
        guard !step.allSatisfy(\.isBlank) else { continue }
        steps.beginStep()
        steps.write { $0.append(contentsOf: step) }
        steps.endStep()
      }
    }
    if steps.ends.isEmpty { steps.endStep() }
    content = steps.content
    ends = steps.ends
  }

  /// The program marks a step twice where the text has been marked before, and the last one may lack its line break.
  private static func withoutMarks(_ piece: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var step = piece
    while step.suffix(lastMark.count).elementsEqual(lastMark) { step = step.dropLast(lastMark.count) }
    return step
  }
}

extension UInt8 {
  /// Whether the byte is white space in ASCII.
  var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
