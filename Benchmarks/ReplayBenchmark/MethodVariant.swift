/// Settings of a method that take other ways than its standard ones.
struct MethodVariant {
  var preset: String?
  var options: [String: String] = [:]

  /// The standard settings, and what is measured beside them.
  static func measured(of method: String) -> [MethodVariant] {
    let others: [MethodVariant] =
      switch method {
      case "beam": ["sal", "its_hub", "cot"].map { MethodVariant(preset: $0) }
      case "dvts": [MethodVariant(preset: "sal")]
      case "perplexityVote": [MethodVariant(options: ["pruning": "rpc"])]
      case "ensemble": [MethodVariant(options: ["scorers": "all"])]
      default: []
      }
    return [MethodVariant()] + others
  }

  /// What follows the method's name in the lines of the benchmark.
  var label: String {
    (preset.map { " \($0)" } ?? "") + options.map { " \($0.key)=\($0.value)" }.joined()
  }
}
