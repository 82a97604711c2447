import ArgumentParser
import Studies

/// The points of curves: shared by the commands that replay methods over a range of budgets.
struct CurveOptions: ParsableArguments {
  @Option(help: "Budgets: 1...64 for the powers of two, or 1,2,3.")
  var budgets = "1...64"

  @Option(help: "Where continuations come from when the record runs out. (default: the one measured best)")
  var continuation: String?

  @OptionGroup var rules: ReplayRuleOptions

  func validate() throws { _ = try NameList.budgets(budgets) }

  /// The options as a request without methods and aggregations.
  func request(_ computing: ComputingOptions) throws -> ReplayRequest {
    var request = ReplayRequest()
    request.budgets = try NameList.budgets(budgets)
    request.continuation = continuation
    rules.fill(&request, computing: computing)
    return request
  }
}
