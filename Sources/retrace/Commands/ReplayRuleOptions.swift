import ArgumentParser
import Studies

/// What is read from the store and by which rules: shared by every command that replays.
struct ReplayRuleOptions: ParsableArguments {
  @Option(help: "The reward model. (default: the store's only one)")
  var scorer: String?

  @Option(help: "A recording to replay; repeat for more; a+b pools two. (default: each one; for fidelity the largest)")
  var recording: [String] = []

  @Option(name: .customLong("where"), help: "Problems to replay, an SQL condition: \"level = 5\".")
  var condition: String?

  @Option(help: "Runs of a stochastic method for each problem and budget.")
  var replicates = 32

  @Option(
    help: """
      Rules of a published program: pis, its_hub, sal, cot; qwen names an extraction only (grade --extraction). \
      (default: textbook rules)
      """)
  var preset: String?

  @Option(help: "A method's option, key=value or method.key=value; repeat for more.")
  var set: [String] = []

  func validate() throws {
    try SettingList.check(set, replicates: replicates, example: "width=4")
  }

  /// Writes the rules, and what the computation may use, into a request.
  func fill(_ request: inout ReplayRequest, computing: ComputingOptions) {
    request.scorer = scorer
    request.recordings = recording
    request.condition = condition
    request.replicates = replicates
    request.preset = preset
    request.options = SettingList.options(set)
    request.seed = computing.seed
    request.threads = computing.threadCount
  }
}
