/// What methods and aggregations are called in figures and tables.
public struct MethodName: Hashable, Sendable {
  /// The full name, for legends.
  public let full: String
  /// The field's abbreviation, for captions and narrow tables.
  public let short: String

  /// The names of a method; one that is not known keeps the name that the command line takes.
  public init(_ method: String) {
    (full, short) = Self.known[method] ?? (method, method)
  }

  /// The place of a method's colour, the same in all figures of the tool; `nil` for rarer methods.
  static func styleIndex(_ method: String) -> Int? { home.firstIndex(of: method) }

  /// The place of an aggregation's colour.
  static func styleIndex(aggregate: String) -> Int? { aggregates.firstIndex(of: aggregate) }

  private static let home = ["pf", "dvts", "beam", "wbon", "majority", "bon", "pass", "first"]
  private static let aggregates = ["model", "last", "min", "product", "mean", "geometricMean", "max", "first"]

  private static let known: [String: (full: String, short: String)] = [
    "pf": ("Particle filtering", "PF"),
    "epf": ("Entropic particle filtering", "ePF"),
    "pg": ("Particle Gibbs", "PG"),
    "pgas": ("Particle Gibbs, ancestor sampling", "PGAS"),
    "pt": ("Parallel tempering", "PT"),
    "beam": ("Beam search", "beam"),
    "dvts": ("DVTS", "DVTS"),
    "bestFirst": ("Best-first search", "best-first"),
    "mcts": ("MCTS", "MCTS"),
    "rebase": ("REBASE", "REBASE"),
    "first": ("Single rollout", "pass@1"),
    "greedy": ("Greedy decoding", "greedy"),
    "pass": ("pass@N (oracle)", "pass@N"),
    "bon": ("Best-of-N", "BoN"),
    "wbon": ("Weighted best-of-N", "WBoN"),
    "majority": ("Majority vote", "majority"),
    "perplexityVote": ("Perplexity vote", "perplexity vote"),
    "firstFinish": ("First finish", "first finish"),
    "adaptiveVote": ("Adaptive vote", "adaptive vote"),
    "adaptiveBon": ("Adaptive best-of-N", "adaptive BoN"),
    "multiTemperature": ("Several temperatures", "several temperatures"),
    "ensemble": ("Ensemble", "ensemble"),
  ]
}
