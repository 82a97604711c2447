import ArgumentParser
import Foundation
import Studies

/// What to replay and how: shared by every command that replays.
struct ReplayOptions: ParsableArguments {
  @Option(help: "Methods, comma-separated. (default: pf,beam,dvts,wbon,bon,majority,pass)")
  var methods: String?

  @Option(help: "Aggregations of step scores, comma-separated: last, min, product, mean, model ... (default: last)")
  var aggregate: String?

  @OptionGroup var curves: CurveOptions

  @Option(help: "The generator's parameters, e.g. 1.5e9 or 7B: rows then tell FLOPs.")
  var generatorParameters: String?

  @Option(help: "The scorer's parameters, e.g. 1.5e9 or 7B: needed for FLOPs of methods that ask the scorer.")
  var scorerParameters: String?

  func validate() throws {
    try NameList.check(methods, option: "--methods", example: "pf,bon")
    try NameList.check(aggregate, option: "--aggregate", example: "last,min")
    _ = try Self.parameters(generatorParameters, option: "--generator-parameters")
    _ = try Self.parameters(scorerParameters, option: "--scorer-parameters")
  }

  /// The request that the options describe.
  func request(_ computing: ComputingOptions) throws -> ReplayRequest {
    var request = try curves.request(computing)
    request.methods = NameList.names(methods)
    request.aggregations = NameList.names(aggregate)
    request.generatorParameters = try Self.parameters(generatorParameters, option: "--generator-parameters")
    request.scorerParameters = try Self.parameters(scorerParameters, option: "--scorer-parameters")
    return request
  }

  private static func parameters(_ text: String?, option: String) throws -> ParameterCount? {
    guard let text else { return nil }
    guard let count = ParameterCount(parsing: text) else {
      throw ValidationError("\(option) \(text): expected a number of parameters above 0, e.g. 1.5e9, 7B or 0.8M")
    }
    return count
  }

  /// Runs the replay with a progress line, and shows what was left out.
  func results(of store: String, computing: ComputingOptions, output: OutputOptions) async throws -> StudyResults {
    let line = ProgressLine(title: "replay", unit: "problems", quiet: output.quiet)
    defer { line.finish() }
    let study = try ReplayStudy(
      try request(computing), store: store, observer: line.observer)
    let results = try await study.run()
    line.finish()
    if let impossible = results.impossibleMethod() { throw impossible }
    results.notices().forEach(output.notice)
    return results
  }
}
