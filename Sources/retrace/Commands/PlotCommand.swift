import ArgumentParser
import Foundation
import Studies

/// `retrace plot`: figures and tables of a replay.
struct PlotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw scaling curves and write tables of a replay.",
    discussion: """
      Replays the methods and writes figures (svg, png, pdf) and tables (CSV, JSON, Markdown, LaTeX) into a directory. \
      Figures need gnuplot; without it the tables are written all the same.
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(help: "The directory for figures and tables, made where it is missing.")
  var out: String

  @OptionGroup var replay: ReplayOptions
  @OptionGroup var computing: ComputingOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The aggregation of the figure by method. (default: last, or the first replayed)")
  var figureAggregate: String?

  func validate() throws {
    guard let figureAggregate else { return }
    // Without a list, it is `model` where the scorer judges whole prefixes only, and `last` elsewhere.
    let replayed = replay.aggregate == nil ? ["last", "model"] : NameList.names(replay.aggregate)
    if !replayed.contains(figureAggregate) {
      throw ValidationError("--figure-aggregate \(figureAggregate): expected one that --aggregate names")
    }
  }

  func run() async throws {
    let directory = try StudyReport.directory(out)
    let results = try await replay.results(of: store, computing: computing, output: output)
    let report = StudyReport(results, figureAggregate: figureAggregate)
    var written = try report.writeTables(to: directory)
    do {
      written += try await report.writeFigures(to: directory)
    } catch {
      for path in written { output.notice("written: \(path)") }
      throw error
    }
    if output.json {
      Console.output(report.json)
    } else {
      Console.output(report.table)
      for path in written { Console.message(path) }
    }
    if results.isPartial { throw Outcome.stopped(output) }
  }
}
