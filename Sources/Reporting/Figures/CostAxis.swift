import Estimation

/// What a curve's points cost: the horizontal axis of a figure.
public enum CostAxis: String, Hashable, Sendable, CaseIterable {
  /// The budget N that was asked for.
  case budget
  /// Mean draws started in a run.
  case generations
  /// Mean tokens of the steps drawn in a run.
  case tokens
  /// Mean scorer calls of a run.
  case scorerCalls

  /// The axis' label.
  public var label: String {
    switch self {
    case .budget: "Budget N (generations per problem)"
    case .generations: "Generations per problem"
    case .tokens: "Tokens per problem"
    case .scorerCalls: "Scorer calls per problem"
    }
  }

  /// The cost of a point; `nil` where it is unknown or zero, which a logarithmic axis cannot show.
  func cost(of point: CurvePoint) -> Double? {
    let cost: Double? =
      switch self {
      case .budget: Double(point.cell.budget)
      case .generations: point.generations
      case .tokens: point.tokens
      case .scorerCalls: point.scorerCalls
      }
    return cost.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }
}
