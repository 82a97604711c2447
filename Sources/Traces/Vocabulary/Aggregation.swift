/// How the scores of a path's steps become one number r(path).
public enum Aggregation: Hashable, Sendable {
  /// The last step's score.
  case last
  /// The smallest score.
  case min
  /// The product of the scores.
  case product
  /// The mean of the scores.
  case mean
  /// The geometric mean of the scores.
  case geometricMean
  /// The largest score.
  case max
  /// The first step's score.
  case first
  /// The scorer's prefix channel: the whole partial answer judged as one block (arXiv 2502.01618, section 3.3).
  case model
  /// The mean of the last k scores.
  case window(Int)

  /// The names of all aggregations, as the command line takes them.
  public static let names = [
    "last", "min", "product", "mean", "geometricMean", "max", "first", "model", "window(k)",
  ]

  /// Reads a name such as `last` or `window(3)`; `nil` for any other.
  public init?(name: String) {
    switch name {
    case "last": self = .last
    case "min": self = .min
    case "product": self = .product
    case "mean": self = .mean
    case "geometricMean": self = .geometricMean
    case "max": self = .max
    case "first": self = .first
    case "model": self = .model
    default:
      guard name.hasPrefix("window("), name.hasSuffix(")"),
        let width = Int(name.dropFirst(7).dropLast()), width > 0
      else { return nil }
      self = .window(width)
    }
  }

  /// The name as the command line takes it.
  public var name: String {
    switch self {
    case .last: "last"
    case .min: "min"
    case .product: "product"
    case .mean: "mean"
    case .geometricMean: "geometricMean"
    case .max: "max"
    case .first: "first"
    case .model: "model"
    case .window(let width): "window(\(width))"
    }
  }

  /// The channel whose scores are aggregated.
  public var channel: ScoreChannel { self == .model ? .prefix : .step }

  /// Whether the aggregation means something for scores of a scale: products need probabilities.
  public func applies(to scale: ScoreScale) -> Bool {
    switch self {
    case .product, .geometricMean: scale == .probability
    default: true
    }
  }
}
