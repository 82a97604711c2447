import ArgumentParser
import Foundation
import Studies

/// `retrace fidelity`: replays beside the online runs that they stand for.
struct FidelityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fidelity",
    abstract: "Measure how far replay is from recorded online runs.",
    discussion: """
      Replays the methods, aggregations and budgets that were run online, under every continuation policy, and prints \
      the bias (replayed minus online) with its 95 % interval (paired bootstrap over problems). The store keeps what \
      was found, and later replays of the same content carry it.
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(parsing: .upToNextOption, help: "Files of online runs: JSON lines, compressed or not, or - for input.")
  var online: [String]

  @OptionGroup var options: FidelityOptions
  @OptionGroup var computing: ComputingOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Print the rows as CSV.")
  var csv = false

  @Flag(help: "Leave the store as it is.")
  var noSave = false

  func validate() throws {
    if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
  }

  func run() async throws {
    let line = ProgressLine(title: "fidelity", unit: "problems", quiet: output.quiet)
    defer { line.finish() }
    var request = try options.request(online: online, computing: computing)
    request.saves = !noSave
    let study = FidelityStudy(
      request, store: store, completed: { line.update(done: $0, of: $1) }, isStopped: { Interruption.isRequested })
    let results = try await study.run()
    line.finish()
    results.notices.forEach(output.notice)
    let report = FidelityReport(results)
    Console.output(output.json ? report.json : csv ? report.csv : report.table)
    if results.isPartial { throw Outcome.stopped(output) }
  }
}

/// What to compare with online runs.
struct FidelityOptions: ParsableArguments {
  @Option(help: "Methods of the files to compare, comma-separated. (default: all)")
  var methods: String?

  @Option(help: "Aggregations of the files to compare, comma-separated. (default: all)")
  var aggregate: String?

  @Option(help: "Budgets of the files to compare: 1...64 for the powers of two, or 1,2,3. (default: all)")
  var budgets: String?

  @Option(help: "Continuation policies to compare, comma-separated. (default: all)")
  var continuation: String?

  @OptionGroup var rules: ReplayRuleOptions

  /// The request that the options describe.
  func request(online: [String], computing: ComputingOptions) throws -> FidelityRequest {
    var request = FidelityRequest(onlineFiles: online)
    request.methods = NameList.names(methods)
    request.aggregations = NameList.names(aggregate)
    request.budgets = try budgets.map(NameList.budgets)
    request.policies = NameList.names(continuation)
    rules.fill(&request.replay, computing: computing)
    return request
  }
}
