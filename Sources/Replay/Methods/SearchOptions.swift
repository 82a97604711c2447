extension MethodOption {
  /// M, what the budget is divided by.
  static let width = MethodOption(
    "width", .whole(1...100_000), standard: "4", "continuations of each kept path, M; the budget is a multiple of it")

  /// Levels after which a search stops.
  static let maximumSteps = MethodOption(
    "maxSteps", .whole(1...100_000), standard: "40", "levels after which a run stops")

  /// search-and-learn's look-ahead.
  static let lookAhead = MethodOption(
    "lookahead", .whole(0...1_000), standard: "0", "greedy steps after a drawn one that are generated and paid for",
    availability: .presets(["sal"]))

  /// How beam search and DVTS choose.
  static let searchAnswer = MethodOption(
    "answer", .choice(["argmax", "vote", "weightedVote"]), standard: "argmax",
    "the best completed path, the largest class, or the class with the largest sum of scores")
}
