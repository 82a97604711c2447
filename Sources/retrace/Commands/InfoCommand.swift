import ArgumentParser
import Foundation
import Studies
import Traces

/// `retrace info`: what a store holds.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show what a store holds and what can be replayed from it.")

  @Argument(help: "The store.")
  var store: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let overview = try StoreOverview(of: store)
    guard !output.json else { return try output.printJSON(overview) }
    Console.outputLine(text(of: overview))
  }

  private func text(of overview: StoreOverview) -> String {
    var lines = [
      "\(overview.problems.counted("problem")), \(overview.rollouts.counted("rollout")), \(overview.steps.counted("step"))",
      "\(overview.problemsWithTree.counted("problem")) with recorded branching, \(overview.problemsWithSharedPrefixes) with "
        + "shared prefixes",
      percent(overview.withoutAnswer) + " of the complete rollouts without an answer",
    ]
    lines += overview.recordings.map(line)
    lines += overview.scorers.map { scorer in
      "scorer \(scorer.name), \(scorer.channel) channel (\(scorer.scale)): \(scorer.scores.counted("score")) of "
        + "\(scorer.rollouts.counted("rollout")), \(scorer.lowest) to \(scorer.highest)"
    }
    lines += overview.unfinished.map { "unfinished ingest of \($0): the same command goes on" }
    lines += ["can be replayed:"] + overview.replay.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  private func line(_ recording: StoreOverview.RecordingOverview) -> String {
    let circumstances = [
      recording.model, recording.temperature.map { "temperature \($0)" },
      recording.sampling == "search" ? "paths of a search" : nil,
    ].compactMap { $0 }
    let counts =
      recording.fewestRollouts == recording.mostRollouts
      ? "\(recording.mostRollouts)" : "\(recording.fewestRollouts) to \(recording.mostRollouts)"
    return
      "recording \(recording.name)\(circumstances.isEmpty ? "" : " (" + circumstances.joined(separator: ", ") + ")"): "
      + "\(recording.problems.counted("problem")), \(counts) complete \(counts == "1" ? "rollout" : "rollouts") each, \(percent(recording.right)) right"
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}
