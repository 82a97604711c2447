import ArgumentParser
import Foundation
import Studies

/// Settings that hold for both sides of a comparison unless a side has its own.
struct ComparisonOptions: ParsableArguments {
  @Option(help: "Aggregation of step scores: last, min, product, mean, model ... (default: last)")
  var aggregate: String?

  @Option(help: "The reward model. (default: the store's only one)")
  var scorer: String?

  @Option(help: "A recording to replay; repeat for more; a+b pools two. (default: each one)")
  var recording: [String] = []

  @Option(help: "Budgets: 1...64 for the powers of two, or 1,2,3.")
  var budgets = "1...64"

  @Option(help: "Runs of a stochastic method for each problem and budget.")
  var replicates = 32

  @Option(help: "Rules of a published program: pis, its_hub, sal, cot, qwen. (default: textbook rules)")
  var preset: String?

  @Option(help: "An option of both methods or of one, key=value or method.key=value; repeat for more.")
  var set: [String] = []

  @Option(help: "Where continuations come from when the record runs out. (default: the one measured best)")
  var continuation: String?

  @Option(name: .customLong("where"), help: "Problems to replay, an SQL condition: \"level = 5\".")
  var condition: String?

  func validate() throws {
    try SettingList.check(set, replicates: replicates, example: "width=4")
  }

  /// The settings as a request without methods.
  func request(_ computing: ComputingOptions) throws -> ReplayRequest {
    var request = ReplayRequest()
    request.aggregations = aggregate.map { [$0] } ?? []
    request.scorer = scorer
    request.recordings = recording
    request.budgets = try NameList.budgets(budgets)
    request.replicates = replicates
    request.preset = preset
    request.options = SettingList.options(set)
    request.continuation = continuation
    request.condition = condition
    request.seed = computing.seed
    request.threads = computing.threadCount
    return request
  }
}
