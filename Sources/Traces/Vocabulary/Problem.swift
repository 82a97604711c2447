/// One exercise: what the generator was asked and what counts as right.
public struct Problem: Hashable, Sendable {
  /// The name by which files, stores and random streams know the problem, e.g. `test/algebra/1004.json`.
  public var key: String
  /// The collection that the problem belongs to, e.g. `MATH500`.
  public var dataset: String?
  /// The text of the exercise.
  public var statement: String?
  /// The gold answer as its source writes it.
  public var answer: String?
  /// The subject, e.g. `Algebra`.
  public var subject: String?
  /// The level of difficulty as its source writes it, e.g. `5` or `Level 5`.
  public var level: String?

  /// Creates a problem; everything but the key may be unknown.
  public init(
    key: String,
    dataset: String? = nil,
    statement: String? = nil,
    answer: String? = nil,
    subject: String? = nil,
    level: String? = nil
  ) {
    self.key = key
    self.dataset = dataset
    self.statement = statement
    self.answer = answer
    self.subject = subject
    self.level = level
  }
}

extension Problem {
  /// Texts are compared byte by byte.
  public static func == (left: Problem, right: Problem) -> Bool {
    left.key.isSameText(as: right.key) && left.dataset.isSameText(as: right.dataset)
      && left.statement.isSameText(as: right.statement) && left.answer.isSameText(as: right.answer)
      && left.subject.isSameText(as: right.subject) && left.level.isSameText(as: right.level)
  }

  /// Absorbs the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(ExactText(key)) }
}
