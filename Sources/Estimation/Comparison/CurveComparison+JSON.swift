extension CurveComparison {
  /// The comparison with its keys in a fixed order; censored ratios say on which side of their bound they lie.
  public var json: JSONValue {
    .object([
      .init("left", .object(left.members)), .init("right", .object(right.members)),
      .init("rows", .array(rows.map(\.json))), .init("rates", .array(rates.map(\.json))),
    ])
  }
}

extension CurveComparison.Row {
  /// One budget.
  var json: JSONValue {
    .object([
      .init("budget", .integer(budget)), .init("problems", .integer(comparison.problems)),
      .init("left", .number(left)), .init("right", .number(right)),
      .init("difference", .number(comparison.difference)), .init("low", .number(comparison.interval.low)),
      .init("high", .number(comparison.interval.high)), .init("pValue", .number(comparison.pValue)),
    ])
  }
}

extension ScalingRate {
  /// The rate at its budget.
  var json: JSONValue {
    .object([
      .init("budget", .integer(budget)), .init("rate", rate.json), .init("low", low.json), .init("high", high.json),
      .init("text", .string(text)),
    ])
  }
}

extension BudgetRatio {
  /// The number, and whether it is the ratio itself or a bound that the ratio lies above or below.
  var json: JSONValue {
    let side =
      switch self {
      case .below: "below"
      case .exactly: "exactly"
      case .above: "above"
      }
    return .object([.init("is", .string(side)), .init("value", .number(bound))])
  }
}
