import Traces

extension CurvePoint {
  /// Averages a cell's outcomes over problems and puts an interval around the mean.
  ///
  /// The result does not depend on the outcomes' order. Means are over the problems that have a success probability.
  /// - Parameters:
  ///   - cell: what the outcomes belong to.
  ///   - outcomes: at most one a problem; problems without one count as missing.
  ///   - resamples: the resamples of the study's problems.
  ///   - replicates: runs a problem, or `nil` where the outcomes are closed forms.
  ///   - warnings: reasons for doubt that the outcomes do not show, such as `unparsedAnswers`.
  ///   - thresholds: where a point becomes doubtful.
  ///   - sizes: the models' parameter counts, for FLOPs.
  /// - Returns: `nil` where no problem has a success probability: there is no point then, never a number.
  public static func estimate(
    _ cell: Cell,
    from outcomes: [ProblemOutcome],
    resamples: ProblemResamples,
    replicates: Int?,
    warnings: Set<ResultWarning> = [],
    thresholds: WarningThresholds = .standard,
    sizes: ModelSizes = ModelSizes()
  ) -> CurvePoint? {
    let table = OutcomeTable(outcomes, resamples: resamples)
    let successes = table.column(\.success)
    let accuracy = resamples.mean(of: successes)
    guard !accuracy.isNaN else { return nil }
    let expected = resamples.mean(of: table.column(\.expected))
    let openShare = resamples.mean(of: table.answeredColumn { $0.openShare })
    let costs = table.costs(resamples)
    let coverage = CoverageShares(table.coverage)
    let own = thresholds.warnings(
      coverage: coverage, lent: table.coverage.otherProblemsShare, problems: table.answered,
      missing: resamples.problems.count - table.known,
      refused: table.refused, replicates: replicates)
    return CurvePoint(
      cell: cell,
      problems: table.answered,
      accuracy: accuracy,
      interval: resamples.interval(of: successes),
      expected: expected.isNaN ? nil : expected,
      coverage: coverage,
      refused: table.refused,
      generations: costs.generations?.mean ?? .nan,
      tokens: costs.tokens?.mean,
      scorerCalls: costs.scorerCalls?.mean ?? .nan,
      warnings: Array(own.union(warnings)),
      fromOtherDepths: table.coverage.otherDepthsShare,
      fromOtherProblems: table.coverage.otherProblemsShare,
      openShare: openShare.isNaN ? nil : openShare,
      scorerTokens: costs.scorerTokens?.mean,
      costs: costs,
      flops: resamples.estimate(
        of: table.answeredColumn { sizes.flops(tokens: $0.tokens, scorerTokens: $0.scorerTokens) }),
      rules: table.rules(resamples))
  }
}

extension ProblemResamples {
  /// The success probabilities of outcomes in the order of `problems`, NaN where there is none: what comparisons take.
  public func successes(of outcomes: [ProblemOutcome]) -> [Double] {
    OutcomeTable(outcomes, resamples: self).column(\.success)
  }
}

/// A cell's outcomes in the order of the resamples' problems.
private struct OutcomeTable {
  var rows: [ProblemOutcome?]

  init(_ outcomes: [ProblemOutcome], resamples: ProblemResamples) {
    let byProblem = Dictionary(outcomes.map { ($0.problem, $0) }, uniquingKeysWith: { first, _ in first })
    rows = resamples.problems.map { byProblem[$0] }
  }

  func column(_ value: (ProblemOutcome) -> Double?) -> [Double] {
    rows.map { $0.flatMap(value) ?? .nan }
  }

  /// A column over the problems that have a success probability.
  func answeredColumn(_ value: (ProblemOutcome) -> Double?) -> [Double] {
    column { $0.success == nil ? nil : value($0) }
  }

  func costs(_ resamples: ProblemResamples) -> RunCosts {
    let tokens = answeredColumn { $0.tokens }
    let scorerTokens = answeredColumn { $0.scorerTokens }
    let drawn = resamples.estimate(of: tokens)
    return RunCosts(
      generations: resamples.estimate(of: answeredColumn { $0.generations }),
      tokens: drawn,
      scorerCalls: resamples.estimate(of: answeredColumn { $0.scorerCalls }),
      // On the step channel the scorer reads what is drawn: one bootstrap is enough for both.
      scorerTokens: scorerTokens == tokens ? drawn : resamples.estimate(of: scorerTokens),
      expansions: resamples.estimate(of: answeredColumn { $0.expansions }))
  }

  /// The means of the answer rules; `nil` where no problem has any.
  func rules(_ resamples: ProblemResamples) -> RuleAccuracies? {
    guard rows.contains(where: { $0?.rules != nil }) else { return nil }
    return RuleAccuracies(
      argmax: resamples.mean(of: answeredColumn { $0.rules?.argmax }),
      sample: resamples.mean(of: answeredColumn { $0.rules?.sample }),
      vote: resamples.mean(of: answeredColumn { $0.rules?.vote }),
      weightedVote: resamples.mean(of: answeredColumn { $0.rules?.weightedVote }))
  }

  var known: Int { rows.count { $0 != nil } }
  var answered: Int { rows.count { $0?.success != nil } }
  var refused: Int { rows.reduce(0) { $0 + ($1?.refused ?? 0) } }

  var coverage: Coverage {
    rows.reduce(into: Coverage()) { sum, row in
      if let row { sum += row.coverage }
    }
  }
}
