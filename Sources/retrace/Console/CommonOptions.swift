import ArgumentParser
import Foundation

/// Options that commands with results share.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output.")
  var json = false

  @Flag(help: "Show no progress and no notices.")
  var quiet = false

  /// Prints a value as JSON: keys sorted, so that equal results are equal bytes.
  func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    Console.outputLine(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Shows a notice unless `--quiet` was given.
  func notice(_ text: String) {
    if !quiet { Console.labelled("note:", colour: 33, text) }
  }
}

/// Options of commands that compute.
struct ComputingOptions: ParsableArguments {
  @Option(help: "Threads to compute on; results do not depend on it. (default: all cores)")
  var threads: Int?

  @Option(help: "Seed of all random streams.")
  var seed: UInt64 = 1

  /// The number of threads to use.
  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads): expected 1 or more")
    }
  }
}
