import ArgumentParser
import Foundation
import Studies
import Traces

/// `retrace scores import`: another reward model for stored rollouts.
struct ScoresImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Add another reward model's scores to stored rollouts.",
    discussion: """
      Reads JSON lines ({"problem", "rollout", "scorer", "scores", "prefixScores"}), CSV with the same columns, or the \
      output of a batch that `retrace scores requests` wrote; compressed or not, - for standard input. All of a file is \
      added, or nothing. Rollouts may be missing: how much of each recording is scored is reported.
      """)

  @Argument(help: "The file of scores, or - for standard input.")
  var file: String

  @Option(help: "The store.")
  var into: String

  @Option(help: "The reward model's name, in place of the file's.")
  var scorer: String?

  @OptionGroup var scales: ScaleOptions

  @Option(help: "The recording whose rollouts are scored, in place of the file's.")
  var recording: String?

  @Flag(help: "Count and list lines that are not acceptable instead of stopping at the first.")
  var skipInvalid = false

  @Option(help: "The longest line accepted, in MB after decompression.")
  var maxRecord = 256

  @Option(help: "Threads to read on. (default: all cores)")
  var threads: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try RecordLimit.check(maxRecord)
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): expected 1 or more") }
  }

  func run() throws {
    let line = ProgressLine(title: "scores", unit: "lines", quiet: output.quiet || output.json)
    defer { line.finish() }
    let summary = try request().run { line.update(done: $0, of: nil) }
    line.finish()
    if summary.skipped > 0 {
      output.notice("\(file): \(summary.skipped.counted("line")) left out; the first \(summary.refusals.count):")
      for refusal in summary.refusals where !output.quiet { Console.message("  " + refusal) }
    }
    guard !output.json else { return try output.printJSON(summary) }
    Console.outputLine(text(of: summary))
  }

  private func request() -> ScoreImport {
    var request = ScoreImport(file: file, store: into)
    request.scorer = scorer
    request.scales = scales.byScorer
    request.defaultScale = scales.ofAll
    request.recording = recording
    request.skipInvalid = skipInvalid
    request.maximumRecordBytes = maxRecord << 20
    request.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    request.isStopped = { Interruption.isRequested }
    return request
  }

  private func text(of summary: ScoreImportSummary) -> String {
    var lines = [
      "added \(summary.scores.counted("score")) in \(summary.lists.counted("list")), one a rollout and channel, in "
        + String(format: "%.1f s", summary.seconds)
    ]
    if summary.unchanged > 0 {
      lines.append(
        "\(summary.unchanged.counted("list")) \(summary.unchanged == 1 ? "was" : "were") in the store already")
    }
    lines += summary.coverage.map { part in
      let share = 100 * Double(part.scored) / Double(max(part.rollouts, 1))
      return "\(part.scorer), \(part.channel) channel: \(part.scored) of \(part.rollouts) rollouts of "
        + "\(part.recording) (\(String(format: "%.1f %%", share)))"
    }
    return lines.joined(separator: "\n")
  }
}
