/// What a run costs on average, with intervals; `nil` where a cost is unknown.
public struct RunCosts: Hashable, Sendable {
  /// Draws started in a run.
  public var generations: MeanEstimate?
  /// Tokens of the steps drawn in a run, over the problems whose record has token counts.
  public var tokens: MeanEstimate?
  /// Scorer calls of a run.
  public var scorerCalls: MeanEstimate?
  /// Tokens that the scorer reads in a run, over the problems whose record has token counts.
  public var scorerTokens: MeanEstimate?
  /// Partial paths that a tree search drew continuations after, in a run; `nil` for other methods.
  public var expansions: MeanEstimate?

  /// Creates costs from their estimates.
  public init(
    generations: MeanEstimate? = nil,
    tokens: MeanEstimate? = nil,
    scorerCalls: MeanEstimate? = nil,
    scorerTokens: MeanEstimate? = nil,
    expansions: MeanEstimate? = nil
  ) {
    self.generations = generations
    self.tokens = tokens
    self.scorerCalls = scorerCalls
    self.scorerTokens = scorerTokens
    self.expansions = expansions
  }
}

extension RunCosts: Codable {
  /// The costs as rows print them.
  public var json: JSONValue {
    .object([
      .init("generations", generations?.json ?? .null), .init("tokens", tokens?.json ?? .null),
      .init("scorerCalls", scorerCalls?.json ?? .null), .init("scorerTokens", scorerTokens?.json ?? .null),
      .init("expansions", expansions?.json ?? .null),
    ])
  }
}
