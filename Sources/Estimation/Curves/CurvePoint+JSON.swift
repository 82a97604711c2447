import Traces

extension CurvePoint {
  /// The row as `replay --json` prints it: keys in a fixed order, `null` where there is nothing; `storedPredictions`
  /// is there only where a source's predictions were compared, `unscored` only where rollouts were left out.
  public var json: JSONValue {
    .object(
      cell.members + [
        .init("budget", .integer(cell.budget)),
        .init("problems", .integer(problems)),
        .init("accuracy", .number(accuracy)),
        .init("low", .number(interval.low)),
        .init("high", .number(interval.high)),
        .init("expected", .optional(expected)),
        .init("coverage", coverage.json),
        .init("refused", .integer(refused)),
        .init("generations", .number(generations)),
        .init("tokens", .optional(tokens)),
        .init("scorerCalls", .number(scorerCalls)),
        .init("warnings", .array(warnings.map { .string($0.rawValue) })),
        .init("bias", bias?.json ?? .null),
        .init("predictedBias", predictedBias?.json ?? .null),
        .init("policyDifference", policyDifference?.json ?? .null),
        .init("fromOtherDepths", .number(fromOtherDepths)),
        .init("fromOtherProblems", .number(fromOtherProblems)),
        .init("openShare", .optional(openShare)),
        .init("scorerTokens", .optional(scorerTokens)),
        .init("costs", costs?.json ?? .null),
        .init("flops", flops?.json ?? .null),
        .init("rules", rules?.json ?? .null),
      ] + (storedPredictions.map { [.init("storedPredictions", $0.json)] } ?? [])
        + (unscored.map { [.init("unscored", $0.json)] } ?? []))
  }
}

extension Cell {
  /// What the cell is but for its budget, in the order that rows print it.
  public var members: [JSONValue.Member] {
    [
      .init("method", .string(method)), .init("preset", .optional(preset)), .init("aggregate", .optional(aggregate)),
      .init("scorer", .optional(scorer)), .init("recording", .string(recording)), .init("options", .object(options)),
      .init("presetVersion", .optional(presetVersion)),
    ]
  }
}

extension CoverageShares {
  /// The shares by name.
  public var json: JSONValue {
    let draws: [JSONValue.Member] = [
      .init("recorded", .number(recorded)), .init("borrowed", .number(borrowed)), .init("shared", .number(shared)),
    ]
    return .object(draws + (lookAhead.map { [.init("lookAhead", .number($0))] } ?? []))
  }
}

extension CurvePoint: Codable {
  private enum Key: String, CodingKey {
    case method, preset, presetVersion, aggregate, scorer, recording, options, budget, problems, accuracy, low, high
    case expected
    case coverage, refused, generations, tokens, scorerCalls, warnings, bias
    case predictedBias, policyDifference, fromOtherDepths, fromOtherProblems, openShare
    case scorerTokens, costs, flops, rules, storedPredictions, unscored
  }

  /// Reads a row of `replay --json`.
  public init(from decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: Key.self)
    self.init(
      cell: Cell(
        method: try row.decode(String.self, forKey: .method),
        preset: try row.decodeIfPresent(String.self, forKey: .preset),
        presetVersion: try row.decodeIfPresent(String.self, forKey: .presetVersion),
        aggregate: try row.decodeIfPresent(String.self, forKey: .aggregate),
        scorer: try row.decodeIfPresent(String.self, forKey: .scorer),
        recording: try row.decode(String.self, forKey: .recording),
        options: try row.decode([String: String].self, forKey: .options),
        budget: try row.decode(Int.self, forKey: .budget)),
      problems: try row.decode(Int.self, forKey: .problems),
      accuracy: try row.decode(Double.self, forKey: .accuracy),
      interval: Interval(
        low: try row.decode(Double.self, forKey: .low), high: try row.decode(Double.self, forKey: .high)),
      expected: try row.decodeIfPresent(Double.self, forKey: .expected),
      coverage: try row.decode(CoverageShares.self, forKey: .coverage),
      refused: try row.decode(Int.self, forKey: .refused),
      generations: try row.decode(Double.self, forKey: .generations),
      tokens: try row.decodeIfPresent(Double.self, forKey: .tokens),
      scorerCalls: try row.decode(Double.self, forKey: .scorerCalls),
      warnings: try row.decode([ResultWarning].self, forKey: .warnings),
      bias: try row.decodeIfPresent(FidelityBias.self, forKey: .bias),
      predictedBias: try row.decodeIfPresent(FidelityBias.self, forKey: .predictedBias),
      policyDifference: try row.decodeIfPresent(FidelityBias.self, forKey: .policyDifference),
      fromOtherDepths: try row.decodeIfPresent(Double.self, forKey: .fromOtherDepths) ?? 0,
      fromOtherProblems: try row.decodeIfPresent(Double.self, forKey: .fromOtherProblems) ?? 0,
      openShare: try row.decodeIfPresent(Double.self, forKey: .openShare),
      scorerTokens: try row.decodeIfPresent(Double.self, forKey: .scorerTokens),
      costs: try row.decodeIfPresent(RunCosts.self, forKey: .costs),
      flops: try row.decodeIfPresent(MeanEstimate.self, forKey: .flops),
      rules: try row.decodeIfPresent(RuleAccuracies.self, forKey: .rules),
      storedPredictions: try row.decodeIfPresent(PredictionComparison.self, forKey: .storedPredictions),
      unscored: try row.decodeIfPresent(UnscoredShare.self, forKey: .unscored))
  }

  /// Writes the row; use ``json`` where the order of keys matters.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
