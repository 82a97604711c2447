import ArgumentParser
import Foundation
import Studies

/// `retrace compare`: two methods, aggregations, scorers or presets on the same problems.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two methods, aggregations, scorers or presets on the same problems.",
    discussion: """
      Each METHOD is a name with settings of its own: METHOD[:AGGREGATE][@SCORER][,key=value...]. A key is one of the \
      method's options, or preset, recording, continuation or mergePrefixes:

        retrace compare s.retrace pf dvts
        retrace compare s.retrace pf:model pf:last
        retrace compare s.retrace pf:last@prmA pf:last@prmB
        retrace compare s.retrace pf pf,resampling=multinomial,temperature=0.5
        retrace compare s.retrace pf,preset=pis pf,preset=its_hub

      Prints, at each budget, left minus right with its 95 % interval (paired bootstrap over problems) and the two-sided \
      p-value of a sign-flip permutation test, uncorrected for the number of budgets; then the scaling rate: how many \
      times N the right side needs for the accuracy that the left side has at N ("> 16x" where its last budget does not \
      reach it).
      """)

  @Argument(help: "The store.")
  var store: String

  @Argument(help: ArgumentHelp("The first method.", valueName: "method"))
  var left: String

  @Argument(help: ArgumentHelp("The second method, the baseline of the scaling rate.", valueName: "method"))
  var right: String

  @Option(help: "Aggregation of step scores: last, min, product, mean, model ... (default: last)")
  var aggregate: String?

  @OptionGroup var curves: CurveOptions
  @OptionGroup var computing: ComputingOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Print the rows as CSV.")
  var csv = false

  func validate() throws {
    if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
    _ = try Self.choice(left)
    _ = try Self.choice(right)
    if let list = aggregate, list.contains(",") {
      throw ValidationError("--aggregate \(list): expected one aggregation; a side's own is written pf:min")
    }
  }

  func run() async throws {
    let results = try await results()
    let document = try results.document()
    document.notices().forEach(output.notice)
    if output.json {
      Console.output(document.jsonText)
    } else if csv {
      Console.output(document.csv)
    } else {
      Console.output(document.table)
    }
    if results.isPartial { throw Outcome.stopped(output) }
  }

  private func results() async throws -> ComparisonResults {
    let line = ProgressLine(title: "compare", unit: "problems", quiet: output.quiet)
    defer { line.finish() }
    let request = ComparisonRequest(
      left: try Self.choice(left), right: try Self.choice(right), shared: try sharedRequest())
    let study = try ComparisonStudy(
      request, store: store, observer: line.observer)
    let results = try await study.run()
    line.finish()
    if let impossible = results.impossibleMethod() { throw impossible }
    results.notices().forEach(output.notice)
    return results
  }

  /// The settings of both sides as a request without methods.
  func sharedRequest() throws -> ReplayRequest {
    var request = try curves.request(computing)
    request.aggregations = NameList.names(aggregate)
    return request
  }

  /// Reads a METHOD; one of another form is wrong usage.
  static func choice(_ text: String) throws -> MethodChoice {
    do {
      return try MethodChoice(parsing: text)
    } catch {
      throw ValidationError(error.localizedDescription)
    }
  }
}
