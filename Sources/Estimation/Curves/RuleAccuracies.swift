/// The accuracy of every answer rule on the final candidates of the same runs, 0...1 each; `nil` for a rule that the
/// method does not have.
public struct RuleAccuracies: Hashable, Sendable, Codable {
  /// The candidate with the highest aggregated score.
  public var argmax: Double?
  /// A candidate drawn by weight.
  public var sample: Double?
  /// The largest class of answers.
  public var vote: Double?
  /// The class with the largest sum of weights.
  public var weightedVote: Double?

  /// Creates accuracies; those that are not given, and NaN, are not there.
  public init(argmax: Double? = nil, sample: Double? = nil, vote: Double? = nil, weightedVote: Double? = nil) {
    self.argmax = argmax.flatMap { $0.isNaN ? nil : $0 }
    self.sample = sample.flatMap { $0.isNaN ? nil : $0 }
    self.vote = vote.flatMap { $0.isNaN ? nil : $0 }
    self.weightedVote = weightedVote.flatMap { $0.isNaN ? nil : $0 }
  }

  /// The accuracies as rows print them.
  public var json: JSONValue {
    .object([
      .init("argmax", .optional(argmax)), .init("sample", .optional(sample)), .init("vote", .optional(vote)),
      .init("weightedVote", .optional(weightedVote)),
    ])
  }
}
