/// How much of a record a row does without because its scorer has not seen it.
public struct UnscoredShare: Hashable, Sendable, Codable {
  /// Rollouts left out.
  public var rollouts: Int
  /// All rollouts of the record.
  public var of: Int
  /// Problems of which some were left out.
  public var problems: Int
  /// All problems of which something is recorded.
  public var ofProblems: Int

  /// Creates a share from its counts.
  public init(rollouts: Int, of: Int, problems: Int, ofProblems: Int) {
    self.rollouts = rollouts
    self.of = of
    self.problems = problems
    self.ofProblems = ofProblems
  }

  /// The share as rows print it.
  public var json: JSONValue {
    .object([
      .init("rollouts", .integer(rollouts)), .init("of", .integer(of)), .init("problems", .integer(problems)),
      .init("ofProblems", .integer(ofProblems)),
    ])
  }
}
