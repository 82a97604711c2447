/// Decides whether mathematical answers are equal.
///
/// A grader has no state but its limits: it can be shared by any number of threads, and the same two strings always get
/// the same verdict.
public struct Grader: Sendable {
  /// The limits on the work for one answer.
  public let limits: GraderLimits

  /// A grader with the standard limits.
  public init() { self.init(limits: .standard) }

  /// A grader with limits of its own.
  public init(limits: GraderLimits) { self.limits = limits }

  /// The canonical form of an answer; every string has one.
  ///
  /// - Parameter answer: LaTeX, Unicode or plain text, with or without dollars and boxes.
  /// - Returns: the form; answers that cannot be parsed or exceed the limits are compared as normalised strings.
  /// - Complexity: linear in the length of the answer, up to the limits.
  public func canonicalForm(_ answer: String) -> CanonicalForm {
    if let quick = QuickNumber.form(answer) { return quick }
    var reader = AnswerReader(answer, limits)
    return reader.read()
  }

  /// Whether an answer equals the gold answer.
  ///
  /// Two rules look at which side is the gold answer: a percentage may lack its sign when the gold answer has one, and a
  /// gold answer without a percent sign is not a percentage. Everything else is symmetric.
  ///
  /// - Parameters:
  ///   - gold: the right answer.
  ///   - answer: the answer to grade.
  /// - Returns: the verdict with both canonical forms and the rule that decided.
  public func equals(gold: String, answer: String) -> Verdict {
    PreparedGold(gold, grader: self).verdict(on: answer)
  }

  /// Whether an answer equals the gold answer, without the reasons.
  public func areEqual(gold: String, answer: String) -> Bool { equals(gold: gold, answer: answer).equal }
}

/// A gold answer that has been parsed once, to be compared with many answers.
public struct PreparedGold: Sendable {
  /// The gold answer's canonical form.
  public let form: CanonicalForm
  private let grader: Grader

  /// Parses the gold answer.
  public init(_ gold: String, grader: Grader = Grader()) {
    self.grader = grader
    form = grader.canonicalForm(gold)
  }

  /// The verdict on an answer.
  public func verdict(on answer: String) -> Verdict { verdict(on: grader.canonicalForm(answer)) }

  /// The verdict on an answer whose form is known.
  public func verdict(on answer: CanonicalForm) -> Verdict {
    let rule = PairRules.rule(gold: form, answer: answer)
    return Verdict(equal: rule != .different && rule != .contradiction, gold: form, answer: answer, rule: rule)
  }
}
