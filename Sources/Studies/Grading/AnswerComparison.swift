import AnswerGrading
import TraceFormats

/// The verdict on one pair of answers, with what led to it; the keys `id`, `equal` and `microseconds` are fixed.
public struct AnswerComparison: Sendable, Encodable {
  /// One side of a pair.
  public struct Side: Sendable, Encodable {
    /// The answer as given.
    public var answer: String
    /// The canonical form in print; equal forms, equal answers.
    public var canonical: String
    /// The class key.
    public var key: String
    /// Whether the answer is compared as a string since it could not be parsed.
    public var isFallback: Bool
  }

  /// Whether the answer equals the gold answer.
  public var equal: Bool
  /// The rule that decided.
  public var rule: String
  /// The gold answer.
  public var gold: Side
  /// The answer.
  public var answer: Side

  /// Compares an answer with a gold answer.
  public init(gold: String, answer: String) {
    let verdict = Grader().equals(gold: gold, answer: answer)
    equal = verdict.equal
    rule = verdict.rule.rawValue
    self.gold = Side(verdict.gold)
    self.answer = Side(verdict.answer)
  }
}

extension AnswerComparison.Side {
  init(_ form: CanonicalForm) {
    self.init(answer: form.source, canonical: form.printed, key: form.key, isFallback: form.isFallback)
  }
}
