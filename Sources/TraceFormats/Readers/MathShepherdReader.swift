import Traces

/// The Math-Shepherd data set: a question and its steps in one text, each step closed by a mark, and the same text with
/// `+` or `-` in the marks' places.
///
/// The marks become scores 1 and 0 of the scorer `math-shepherd`. The data set names no gold answers: `--problems FILE`
/// or a store that knows the problems gives them.
struct MathShepherdReader: LineReader {
  static let name = "math-shepherd"
  static let summary = "the Math-Shepherd data set"
  static let signatures = [Signature("input", "label", "task")]
  static let answersMayBeStored = true
  static let delimiter = "\n"

  private static let markBytes = Array(MarkedText.mark.utf8)
  private static let firstStep = Array("Step 1:".utf8)
  private let context: ReadingContext

  init(context: ReadingContext, sample: [TextLine]) { self.context = context }

  func read(_ line: TextLine) throws -> ParsedLine {
    var cursor = JSONCursor(line.bytes, origin: line.byte)
    var input: String?
    var label: String?
    var task: String?
    try cursor.object { cursor, name in
      switch name {
      case "input": input = try cursor.string()
      case "label": label = try cursor.string()
      case "task": task = try cursor.optionalString()
      default: try cursor.skip()
      }
    }
    try cursor.end()
    guard let input else { throw UnacceptableData.missing("input", expected: "the question and its steps") }
    guard let label else { throw UnacceptableData.missing("label", expected: "the same text with + and -") }
    let (statement, steps) = try Self.parts(of: input)
    let scores = try Self.scores(label, input: input)
    let column = context.column(context.scorer("math-shepherd"))
    let name = context.name(forStatement: statement)
    let problem = Problem(key: name.key, dataset: task, statement: statement)
    var rollout = RolloutRecord(steps: steps, delimiter: Self.delimiter, scores: [scores])
    rollout.sourceVerdict = scores.last.map { $0 == 1 }
    let record = TraceRecord(
      problem: context.completed(problem), provisionalName: name.provisional,
      recording: context.recording(delimiter: Self.delimiter), columns: [column], rollouts: [rollout],
      line: line.number)
    return ParsedLine(records: [record])
  }

  /// The question, which ends before `Step 1:`, and the steps, which end at the marks.
  private static func parts(of input: String) throws -> (statement: String, steps: [String]) {
    var input = input
    return try input.withUTF8 { input in
      let text = UnsafeRawBufferPointer(input)
      guard let start = text.firstIndex(of: firstStep) else {
        throw UnacceptableData(
          field: "input", found: "no `Step 1:`", expected: "the question, then steps from `Step 1:` on")
      }
      let steps = UnsafeRawBufferPointer(rebasing: text[start...])
      var pieces = steps.pieces(between: markBytes).map { trimmed(steps[$0]) }
      guard let rest = pieces.popLast(), !pieces.isEmpty, rest.isEmpty else {
        throw UnacceptableData(
          field: "input", found: "a last step without its mark", expected: "`\(MarkedText.mark)` after each step")
      }
      return (trimmed(text[..<start]), pieces)
    }
  }

  /// Walks through both texts at once: where the input has a mark, the label has a sign; everything else is the same.
  private static func scores(_ label: String, input: String) throws -> [Double] {
    var (label, input) = (label, input)
    return try input.withUTF8 { input in
      try label.withUTF8 { try scores(UnsafeRawBufferPointer($0), input: UnsafeRawBufferPointer(input)) }
    }
  }

  private static func scores(_ label: UnsafeRawBufferPointer, input: UnsafeRawBufferPointer) throws -> [Double] {
    var scores: [Double] = []
    var rest = label[...]
    let pieces = input.pieces(between: markBytes)
    for (index, piece) in pieces.enumerated() {
      guard rest.starts(with: input[piece]) else {
        throw UnacceptableData(
          field: "label", found: "another text at step \(index + 1)", expected: "the text of `input`, signs for marks")
      }
      rest = rest.dropFirst(piece.count)
      guard index < pieces.count - 1 else { break }
      guard let sign = rest.popFirst(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
        throw UnacceptableData(field: "label", found: "no sign after step \(index + 1)", expected: "+ or -")
      }
      scores.append(sign == UInt8(ascii: "+") ? 1 : 0)
    }
    guard rest.isEmpty else {
      throw UnacceptableData(field: "label", found: "more text than `input`", expected: "the same text")
    }
    return scores
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    let head = scalars.drop { $0.properties.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(head[...last])
  }
}
