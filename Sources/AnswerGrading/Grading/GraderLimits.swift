/// How much work the grader does on one answer before it compares strings instead.
///
/// All limits count characters, digits and operations, never time, so verdicts are the same on every machine.
public struct GraderLimits: Sendable, Hashable {
  /// The longest answer that is parsed, in bytes of UTF-8.
  public var bytes: Int
  /// The largest number of tokens.
  public var tokens: Int
  /// The deepest nesting of brackets and arguments.
  public var depth: Int
  /// Units of arithmetic work for one answer; a unit is about ten nanoseconds.
  public var operations: Int
  /// The longest exact fraction, in bits of numerator and denominator together; longer ones are compared by residues.
  public var exactBits: Int

  /// The limits that the grader uses unless told otherwise: no answer takes more than some milliseconds.
  public static let standard = GraderLimits(
    bytes: 4_000_000, tokens: 600_000, depth: 24, operations: 1_000_000, exactBits: 8_192)
}
