/// A rollout's final answer after grading, as a store keeps it: classes are decided once, at ingest.
public struct GradedAnswer: Hashable, Sendable {
  /// How far the grader understood the answer.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Parsed and brought to canonical form.
    case parsed
    /// Compared as a normalised string, since it could not be parsed or exceeded a budget.
    case fallback
  }

  /// The answer as extracted.
  public var text: String
  /// The class that votes count: equal keys, equal answers. All right answers of a problem share one key.
  public var classKey: String
  /// Whether the answer equals the problem's gold answer.
  public var isRight: Bool
  /// Whether the grader parsed the answer.
  public var status: Status

  /// Creates a graded answer.
  public init(text: String, classKey: String, isRight: Bool, status: Status) {
    self.text = text
    self.classKey = classKey
    self.isRight = isRight
    self.status = status
  }
}
