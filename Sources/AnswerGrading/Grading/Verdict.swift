/// Whether an answer is right, and by which rule.
public struct Verdict: Sendable {
  /// The rule that decided.
  public enum Rule: String, Sendable, CaseIterable {
    /// Both have the same class key.
    case sameClass
    /// The gold answer is a percentage and the answer leaves out the sign.
    case percentSignOmitted
    /// One side is a number, the other the same number and letters that abbreviate a unit.
    case unitOmitted
    /// One side is a decimal of six significant digits or more that rounds the other.
    case roundedDecimal
    /// One side is an equation that defines the other.
    case definedExpression
    /// Both are equations that differ by a constant factor.
    case sameEquation
    /// One side lists the members of a tuple without brackets, in the same order.
    case bareTuple
    /// A time of day and a clock reading.
    case clockTime
    /// The texts are the same.
    case sameText
    /// The values agree, but the units, the names of the unknowns or the forms contradict each other.
    case contradiction
    /// No rule makes them equal.
    case different
  }

  /// Whether the answer equals the gold answer.
  public let equal: Bool
  /// The gold answer's canonical form.
  public let gold: CanonicalForm
  /// The answer's canonical form.
  public let answer: CanonicalForm
  /// The rule that decided.
  public let rule: Rule
}
