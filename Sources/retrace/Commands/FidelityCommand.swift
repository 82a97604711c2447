import ArgumentParser
import Foundation
import Studies

/// `retrace fidelity`: replays beside the online runs that they stand for, recorded ones or those of a fitted model.
struct FidelityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fidelity",
    abstract: "Measure how far replay is from online runs.",
    discussion: """
      With --online, replays the methods, aggregations and budgets of the recorded online runs, under every \
      continuation policy, and prints the bias (replayed minus online) with its 95 % interval (paired bootstrap over \
      problems). Without, the record checks itself: a model of hidden states fitted to it is taken as the generator, \
      and the bias is what replaying its recordings comes to minus what the methods reach online in it. The store keeps \
      what was found, and later replays of the same content carry it.
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(
    parsing: .upToNextOption,
    help: "Files of online runs: JSON lines, compressed or not, or - for input. (default: the record checks itself)")
  var online: [String] = []

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
    if online.isEmpty {
      try await check(request, line)
    } else {
      try await compare(request, line)
    }
  }

  /// Replays beside recorded online runs.
  private func compare(_ request: FidelityRequest, _ line: ProgressLine) async throws {
    let study = FidelityStudy(
      request, store: store, observer: line.observer)
    let results = try await study.run()
    let report = FidelityReport(results)
    line.finish()
    try finish(
      output.json ? report.json : csv ? report.csv : report.table, results.notices, isPartial: results.isPartial)
  }

  /// Lets the record check itself.
  private func check(_ request: FidelityRequest, _ line: ProgressLine) async throws {
    let study = SelfCheckStudy(
      request, store: store, observer: line.observer)
    let results = try await study.run()
    let report = SelfCheckReport(results)
    line.finish()
    try finish(
      output.json ? report.json : csv ? report.csv : report.table, results.notices, isPartial: results.isPartial)
  }

  private func finish(_ text: String, _ notices: [String], isPartial: Bool) throws {
    notices.forEach(output.notice)
    Console.output(text)
    if isPartial { throw Outcome.stopped(output) }
  }
}

/// What to compare with online runs, or to check.
struct FidelityOptions: ParsableArguments {
  @Option(help: "Methods to compare, comma-separated. (default: all of the files; without files pf,beam,dvts)")
  var methods: String?

  @Option(help: "Aggregations to compare, comma-separated. (default: all of the files; without files last)")
  var aggregate: String?

  @Option(help: "Budgets: 1...64 for the powers of two, or 1,2,3. (default: all of the files; without files 1...64)")
  var budgets: String?

  @Option(help: "Continuation policies to compare, comma-separated. (default: all)")
  var continuation: String?

  @OptionGroup var rules: ReplayRuleOptions

  func validate() throws {
    try NameList.check(methods, option: "--methods", example: "pf,beam")
    try NameList.check(aggregate, option: "--aggregate", example: "last,min")
    _ = try budgets.map(NameList.budgets)
    try NameList.check(continuation, option: "--continuation", example: "matched,shared")
  }

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
