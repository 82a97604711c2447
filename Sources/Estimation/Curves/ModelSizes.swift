/// The parameter counts of the models, from which the FLOPs of a run follow.
public struct ModelSizes: Hashable, Sendable {
  /// The generator's parameters; `nil` where not given.
  public var generator: Double?
  /// The scorer's parameters; `nil` where not given.
  public var scorer: Double?

  /// Creates sizes.
  public init(generator: Double? = nil, scorer: Double? = nil) {
    self.generator = generator
    self.scorer = scorer
  }

  /// The FLOPs of a forward pass over the tokens of a run: 2 x parameters x tokens for generator and scorer (Kaplan et
  /// al. 2020, section 2.1). The prompt's prefill is left out, since its length is not recorded.
  ///
  /// - Returns: `nil` where a parameter count or a number of tokens that is needed is not known. A run whose scorer reads
  ///   nothing needs no scorer's parameter count.
  public func flops(tokens: Double?, scorerTokens: Double?) -> Double? {
    guard let generator, let tokens, let scorerTokens else { return nil }
    guard scorerTokens != 0 else { return 2 * generator * tokens }
    return scorer.map { 2 * generator * tokens + 2 * $0 * scorerTokens }
  }
}
