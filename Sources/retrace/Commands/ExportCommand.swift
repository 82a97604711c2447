import ArgumentParser
import Foundation
import Studies
import Traces

/// `retrace export`: a store as one file that can be handed on.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a store as one file of JSON lines that ingest reads back to an equal store.",
    discussion: """
      Stores of equal content give equal bytes, whatever order they were ingested in. Compress with a pipe: \
      retrace export STORE | gzip > rollouts.jsonl.gz
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(help: "The format: retrace.")
  var format = "retrace"

  @Option(help: "The file to write; standard output without.")
  var out: String?

  @Option(help: "Write this recording only; repeat for more.")
  var recording: [String] = []

  @Option(help: "Write this scorer's scores only; repeat for more.")
  var scorer: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if format != "retrace" { throw ValidationError("--format \(format): expected retrace") }
    if output.json, out == nil {
      throw ValidationError("--json needs --out FILE: standard output holds the export otherwise")
    }
  }

  func run() throws {
    var export = StoreExport(
      store: store, recordings: recording.isEmpty ? nil : recording, scorers: scorer.isEmpty ? nil : scorer)
    export.isStopped = { Interruption.isRequested }
    let summary = try out.map { try export.run(toFile: $0) } ?? export.run { try Console.output($0) }
    if output.json {
      try output.printJSON(summary)
    } else {
      output.notice(
        "\(summary.records.counted("record")) with \(summary.rollouts.counted("rollout")), \(summary.bytes.counted("byte"))"
      )
    }
  }
}
