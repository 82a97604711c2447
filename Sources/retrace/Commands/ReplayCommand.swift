import ArgumentParser
import Foundation
import Studies

/// `retrace replay`: methods on a store, as rows.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Re-run search and sampling methods on recorded rollouts.",
    discussion: """
      Prints accuracy with its 95 % interval (bootstrap over problems) for each method, aggregation and budget. \
      Selections with a closed form are averaged over all subsets of the record; the others over replicates.
      """)

  @Argument(help: "The store.")
  var store: String

  @OptionGroup var replay: ReplayOptions
  @OptionGroup var computing: ComputingOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Print the rows as CSV.")
  var csv = false

  func validate() throws {
    if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
  }

  func run() async throws {
    let results = try await replay.results(of: store, computing: computing, output: output)
    let report = StudyReport(results)
    if output.json {
      Console.output(report.json)
    } else if csv {
      Console.output(report.csv)
    } else {
      Console.output(report.isEmpty ? "no point could be computed\n" : report.table)
    }
    if results.isPartial { throw Outcome.stopped(output) }
    if results.isEmpty { throw Outcome.unacceptable }
  }
}
