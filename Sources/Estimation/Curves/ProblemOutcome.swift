import Traces

/// What a method did on one problem at one budget, averaged over its replicates.
public struct ProblemOutcome: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The probability of a right answer, 0...1: exact or the mean over replicates; `nil` where every run was refused.
  public var success: Double?
  /// The accuracy of a draw from the final weights, 0...1; `nil` for a method without weights.
  public var expected: Double?
  /// Where the draws of all replicates came from.
  public var coverage: Coverage
  /// Runs refused because a continuation was not recorded.
  public var refused: Int
  /// Mean draws started in a run.
  public var generations: Double
  /// Mean number of partial paths that a tree search drew continuations after; `nil` for other methods.
  public var expansions: Double?
  /// The mean share of candidates without an end among those that the answer was chosen from, 0...1; `nil` for methods that
  /// choose among complete rollouts.
  public var openShare: Double?
  /// Mean tokens of the steps drawn in a run; `nil` or NaN where the record has no token counts.
  public var tokens: Double?
  /// Mean scorer calls of a run.
  public var scorerCalls: Double
  /// Mean tokens that the scorer reads in a run; `nil` or NaN where the record has no token counts.
  public var scorerTokens: Double?
  /// The mean verdict of every answer rule; `nil` for a method that has only one.
  public var rules: RuleAccuracies?

  /// Creates an outcome.
  public init(
    problem: String,
    success: Double?,
    expected: Double? = nil,
    coverage: Coverage = Coverage(),
    refused: Int = 0,
    generations: Double,
    tokens: Double?,
    scorerCalls: Double = 0,
    scorerTokens: Double? = nil,
    rules: RuleAccuracies? = nil,
    expansions: Double? = nil,
    openShare: Double? = nil
  ) {
    self.problem = problem
    self.success = success
    self.expected = expected
    self.coverage = coverage
    self.refused = refused
    self.generations = generations
    self.tokens = tokens
    self.scorerCalls = scorerCalls
    self.scorerTokens = scorerTokens
    self.rules = rules
    self.expansions = expansions
    self.openShare = openShare
  }
}
