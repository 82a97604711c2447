/// Finds the final answer in the text of a completion.
///
/// The answer is a piece of the text, cleaned of what does not belong to it (dollars, a final period, words before
/// it); it is not parsed here, and whether two answers are the same is the grader's question.
///
/// With the preset `retrace` the work is linear in the text's length, without regular expressions, with bounded
/// recursion, and needs one pass over the last few hundred bytes where the text ends in a box, as most do.
/// Invalid UTF-8 is read as it stands and repaired only in the answer.
public struct AnswerExtractor: Sendable {
  /// The rule in force.
  public let preset: ExtractionPreset

  /// An extractor that follows a preset.
  /// - Parameter preset: the rule; the project's own by default.
  public init(preset: ExtractionPreset = .retrace) {
    self.preset = preset
  }

  /// The final answer in a text, or nil where the text gives none.
  ///
  /// The presets `sal`, `qwen` and `cot` never give nil: where they find nothing, the answer is the empty text, which
  /// their votes count as a class of its own.
  /// - Parameter text: a completion, with or without the tokens that end a turn.
  /// - Complexity: O(*n*) in the number of bytes (`sal`, `qwen`, `cot`: times the number of unit words, about 300).
  public func extract(from text: String) -> String? {
    var copy = text
    return copy.withUTF8 { extract(from: $0) }
  }

  /// The final answer in a text given as UTF-8 bytes, which are read in place.
  /// - Parameter utf8: the bytes; they need not be valid UTF-8.
  public func extract(from utf8: UnsafeBufferPointer<UInt8>) -> String? {
    switch preset {
    case .retrace: FinalAnswer.find(in: TextBytes(utf8))
    case .sal, .qwen, .cot: QwenExtraction.answer(in: utf8)
    }
  }
}
