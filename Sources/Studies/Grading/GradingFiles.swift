import AnswerGrading
import TraceFormats
import Traces

/// Grades files of pairs, texts or lists of answers, row by row in order.
public struct GradingFiles: Sendable {
  private let extractor: AnswerExtractor
  private let isStopped: @Sendable () -> Bool

  /// Prepares grading.
  ///
  /// - Parameters:
  ///   - preset: How answers are found in texts.
  ///   - isStopped: Asked before every row, and while a pipe gives nothing, whether the user wants to stop.
  public init(preset: ExtractionPreset = .retrace, isStopped: @escaping @Sendable () -> Bool = { false }) {
    extractor = AnswerExtractor(preset: preset)
    self.isStopped = isStopped
  }

  private func input(_ path: String) -> InputFile { InputFile(path).stopped(by: isStopped) }

  /// The verdict on a row of a file of pairs.
  public struct PairVerdict: Sendable, Encodable {
    /// The row's name.
    public var id: RowName
    /// Whether the prediction equals the gold answer.
    public var equal: Bool
    /// The time that extraction and comparison took.
    public var microseconds: Double
  }

  /// The answer found in a row's text.
  public struct ExtractedAnswer: Sendable, Encodable {
    /// The row's name.
    public var id: RowName
    /// The answer; `nil` where the text gives none.
    public var answer: String?

    private enum Key: String, CodingKey { case id, answer }

    /// Writes both keys, the answer as null where there is none.
    public func encode(to encoder: any Encoder) throws {
      var row = encoder.container(keyedBy: Key.self)
      try row.encode(id, forKey: .id)
      try row.encode(answer, forKey: .answer)
    }
  }

  /// The classes of a row's answers.
  public struct ClassNumbers: Sendable, Encodable {
    /// The row's name.
    public var id: RowName
    /// The class of each answer, numbered by first appearance; -1 for none.
    public var classes: [Int]
  }

  /// Grades every pair of a file.
  ///
  /// - Throws: `UnacceptableData` for a line that cannot be read, after the rows before it were handed out;
  ///   `CancellationError` where the user stops it.
  public func pairs(in path: String, row: (PairVerdict) throws -> Void) throws {
    let grader = Grader()
    try GradingFile.read(input(path), need: ["id", "gold", "pred"]) { pair in
      let start = ContinuousClock.now
      // A gold answer in whose text nothing is found is a bare answer, whatever the row calls it.
      let gold = answer(pair.gold, pair.goldMode) ?? pair.gold
      let prediction = answer(pair.prediction, pair.mode)
      let equal = if let gold, let prediction { grader.areEqual(gold: gold, answer: prediction) } else { false }
      let elapsed = (ContinuousClock.now - start) / .microseconds(1)
      try row(PairVerdict(id: pair.id, equal: equal, microseconds: (elapsed * 1000).rounded() / 1000))
    }
  }

  private func answer(_ text: String?, _ mode: GradingRow.Mode) -> String? {
    guard mode == .text else { return text }
    return text.flatMap { extractor.extract(from: $0) }
  }

  /// Extracts the answer of every text of a file.
  ///
  /// - Throws: As `pairs(in:row:)`.
  public func extract(from path: String, row: (ExtractedAnswer) throws -> Void) throws {
    try GradingFile.read(input(path), need: ["id", "text"]) { line in
      try row(ExtractedAnswer(id: line.id, answer: line.text.flatMap { extractor.extract(from: $0) }))
    }
  }

  /// Puts the answers of every row of a file into classes.
  ///
  /// - Throws: As `pairs(in:row:)`.
  public func classes(in path: String, row: (ClassNumbers) throws -> Void) throws {
    let classes = AnswerClasses()
    try GradingFile.read(input(path), need: ["id", "answers"]) { line in
      try row(ClassNumbers(id: line.id, classes: classes.classes(of: line.answers ?? [])))
    }
  }
}
