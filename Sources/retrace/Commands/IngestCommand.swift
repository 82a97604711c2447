import ArgumentParser
import Foundation
import Studies
import Traces

/// `retrace ingest`: recorded files into a store.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read recorded rollouts and scores into a store.",
    discussion: """
      Reads files, folders or standard input (-), compressed or not, grades every answer and writes batch by batch: \
      stopped at any moment, the same command goes on. The same file again changes nothing.
      """)

  @Argument(help: "Files, folders, or - for standard input.")
  var inputs: [String]

  @Option(help: "The store, made where it is missing.")
  var into: String

  @Option(help: "The format: auto, or a name that docs/formats.md lists.")
  var format = "auto"

  @Option(help: "A file with statements and gold answers that the inputs lack.")
  var problems: String?

  @Option(help: "The reward model's name, in place of the file's.")
  var scorer: String?

  @OptionGroup var scales: ScaleOptions

  @Option(help: "The recording's name, in place of the file's.")
  var recording: String?

  @Option(help: "How the rollouts were selected, where that is not found: independent, or search.")
  var sampling: Recording.Sampling?

  @Flag(help: "Count and list records that are not acceptable instead of stopping at the first.")
  var skipInvalid = false

  @Flag(help: "Take out what a stopped ingest has left of a file and begin it anew, as with other options.")
  var restart = false

  @Flag(help: "Read and grade everything, write nothing.")
  var dryRun = false

  @Option(help: "The longest record accepted, in MB after decompression.")
  var maxRecord = 256

  @OptionGroup var output: OutputOptions

  @Option(help: "Threads to read and grade on. (default: all cores)")
  var threads: Int?

  func validate() throws {
    try RecordLimit.check(maxRecord)
    if inputs.filter({ $0 == "-" }).count > 1 { throw ValidationError("- twice: standard input is read once") }
    for (option, name) in [("--recording", recording), ("--scorer", scorer)] where name?.isEmpty == true {
      throw ValidationError("\(option): expected a name")
    }
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): expected 1 or more") }
  }

  func run() async throws {
    let line = ProgressLine(title: "ingest", unit: "records", quiet: output.quiet || output.json)
    defer { line.finish() }
    let ingestion = try Ingestion(
      request(), progress: { line.update(done: $0.records, of: nil) }, isStopped: { Interruption.isRequested })
    let summary = try ingestion.run()
    line.finish()
    for file in summary.files { describe(file) }
    describeUnmatched(summary)
    for notice in summary.notices { output.notice(notice) }
    if output.json {
      try output.printJSON(summary)
    } else {
      Console.outputLine(text(of: summary))
    }
  }

  private func request() -> IngestionRequest {
    var request = IngestionRequest(inputs: inputs, store: into)
    request.format = format
    request.problems = problems
    request.scorer = scorer
    request.scales = scales.byScorer
    request.defaultScale = scales.ofAll
    request.recording = recording
    request.sampling = sampling
    request.skipInvalid = skipInvalid
    request.restart = restart
    request.dryRun = dryRun
    request.maximumRecordBytes = maxRecord << 20
    request.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    return request
  }

  private func describe(_ file: IngestionSummary.FileSummary) {
    if let copied = file.copyOf {
      output.notice("\(file.file): the same content as \(copied), which is already in the store: nothing to do")
    } else if file.alreadyIngested {
      output.notice("\(file.file): already in the store, nothing to do")
    }
    if let convention = file.convention { output.notice("\(file.file): \(file.format), \(convention)") }
    if let first = file.firstRepeated {
      output.notice("\(file.file): \(file.repeated) single rollouts that came before in the same words; the first:")
      if !output.quiet { Console.message("  " + first) }
    }
    if let first = file.firstContradictedAnswer {
      output.notice(
        "\(file.file): \(file.contradictedAnswers.counted("gold answer")) other than in --problems, and kept; the first:"
      )
      if !output.quiet { Console.message("  " + first) }
    }
    if file.skipped > 0 {
      output.notice(
        file.format == IngestionSummary.FileSummary.noFormat
          ? "\(file.file): left out as a whole:"
          : "\(file.file): \(file.skipped.counted("record")) left out; the first \(file.refusals.count):")
      for refusal in file.refusals where !output.quiet { Console.message("  " + refusal) }
    }
  }

  private func describeUnmatched(_ summary: IngestionSummary) {
    guard let first = summary.firstUnmatchedScores else { return }
    output.notice(
      "\(summary.unmatchedScores) entries of the PRM cassettes belong to no recorded step and are left out, the first "
        + "under the key \(first): see whether these are the scores of these generations")
  }

  private func text(of summary: IngestionSummary) -> String {
    let verb = dryRun ? "would add" : "added"
    var text =
      "\(verb) \(summary.problems.counted("problem")), \(summary.rollouts.counted("rollout")), "
      + "\(summary.steps.counted("step")), \(summary.scores.counted("score")) in \(String(format: "%.1f", summary.seconds)) s"
      + "\n\(summary.formats)"
    if summary.withoutAnswer > 0 { text += "\n\(summary.withoutAnswer.counted("rollout")) without an answer" }
    if summary.unparsed > 0 {
      text += "\n\(summary.unparsed.counted("answer")) that could not be parsed, compared as text"
    }
    if summary.disagreements > 0 {
      text += "\n\(summary.disagreements.counted("verdict")) other than the source's own: see retrace grade --compare"
    }
    return text
  }
}

extension Recording.Sampling: ExpressibleByArgument {}
