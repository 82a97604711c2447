import Traces

/// One point of a scaling curve with everything that is known about it: a row of every table and figure.
public struct CurvePoint: Hashable, Sendable {
  /// What the point belongs to.
  public var cell: Cell
  /// The problems that the mean is over.
  public var problems: Int
  /// The mean probability of a right answer, 0...1.
  public var accuracy: Double
  /// The interval of the accuracy from the bootstrap over problems.
  public var interval: Interval
  /// The mean accuracy of a draw from the final weights, 0...1; `nil` for a method without weights.
  public var expected: Double?
  /// Where the draws came from.
  public var coverage: CoverageShares
  /// Runs refused because a continuation was not recorded, over all problems.
  public var refused: Int
  /// Mean draws started in a run.
  public var generations: Double
  /// Mean tokens of the steps drawn in a run, over the problems whose record has token counts; `nil` without any.
  public var tokens: Double?
  /// Mean scorer calls of a run.
  public var scorerCalls: Double
  /// Reasons for doubt, in declaration order.
  public var warnings: [ResultWarning]
  /// How far the same replay of the same store was found to be from recorded online runs; `nil` where none was compared.
  public var bias: FidelityBias?
  /// The bias that a model fitted to the record predicts for the same replay; `nil` where no self-check was made.
  public var predictedBias: FidelityBias?
  /// Policy `matched` minus policy `nearest`, each accuracy 0...1; `nil` where they were not set side by side.
  public var policyDifference: FidelityBias?
  /// The share of the draws whose donor was some steps earlier or later than the borrower, 0...1.
  public var fromOtherDepths: Double
  /// The share of the draws that another problem lent, 0...1.
  public var fromOtherProblems: Double
  /// The mean share of candidates without an end among those that the answer was chosen from, 0...1; `nil` for methods that
  /// choose among complete rollouts.
  public var openShare: Double?
  /// Mean tokens that the scorer reads in a run, over the problems whose record has token counts; `nil` without any.
  public var scorerTokens: Double?
  /// The costs of a run with their intervals; `nil` in rows of versions that had none.
  public var costs: RunCosts?
  /// The floating-point operations of a run; `nil` where parameter counts or tokens are not known.
  public var flops: MeanEstimate?
  /// The accuracy of every answer rule on the same runs; `nil` for a method that has only one.
  public var rules: RuleAccuracies?
  /// The source's own predictions set beside the choices of the preset that reproduces them; `nil` where there are none.
  public var storedPredictions: PredictionComparison?
  /// What the row does without because its scorer has not seen it; `nil` where it has seen all of the record.
  public var unscored: UnscoredShare?

  /// Creates a point from its numbers.
  public init(
    cell: Cell,
    problems: Int,
    accuracy: Double,
    interval: Interval,
    expected: Double? = nil,
    coverage: CoverageShares = CoverageShares(recorded: 1, borrowed: 0, shared: 0),
    refused: Int = 0,
    generations: Double,
    tokens: Double?,
    scorerCalls: Double = 0,
    warnings: [ResultWarning] = [],
    bias: FidelityBias? = nil,
    predictedBias: FidelityBias? = nil,
    policyDifference: FidelityBias? = nil,
    fromOtherDepths: Double = 0,
    fromOtherProblems: Double = 0,
    openShare: Double? = nil,
    scorerTokens: Double? = nil,
    costs: RunCosts? = nil,
    flops: MeanEstimate? = nil,
    rules: RuleAccuracies? = nil,
    storedPredictions: PredictionComparison? = nil,
    unscored: UnscoredShare? = nil
  ) {
    self.cell = cell
    self.problems = problems
    self.accuracy = accuracy
    self.interval = interval
    self.expected = expected
    self.coverage = coverage
    self.refused = refused
    self.generations = generations
    self.tokens = tokens
    self.scorerCalls = scorerCalls
    self.warnings = warnings.sorted()
    self.bias = bias
    self.predictedBias = predictedBias
    self.policyDifference = policyDifference
    self.fromOtherDepths = fromOtherDepths
    self.fromOtherProblems = fromOtherProblems
    self.openShare = openShare
    self.scorerTokens = scorerTokens
    self.costs = costs
    self.flops = flops
    self.rules = rules
    self.storedPredictions = storedPredictions
    self.unscored = unscored
  }
}
