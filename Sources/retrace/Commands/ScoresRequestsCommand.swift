import ArgumentParser
import Foundation
import Studies
import Traces

extension ScoreRequests.Notation: ExpressibleByArgument {}
extension ScoreChannel: ExpressibleByArgument {}

/// `retrace scores requests`: what a reward model has not seen yet.
struct ScoresRequestsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requests",
    abstract: "Write the texts that a reward model has not scored yet.",
    discussion: """
      The requests are answered elsewhere and come back through `retrace scores import`. JSON lines: add to each line \
      the list `scores` with a number for each text of `steps`, or `prefixScores` with one for each of `prefixes`. \
      OpenAI batch: import the batch's output as it is.
      """)

  @Argument(help: "The store.")
  var store: String

  @Option(help: "The reward model's name, as it will stand in the store.")
  var scorer: String

  @Option(help: "What is to be judged: step or prefix.")
  var channel: ScoreChannel

  @Option(name: .customLong("as"), help: "How requests are written: jsonl or openai-batch.")
  var notation = ScoreRequests.Notation.jsonl

  @Option(help: "Ask about this recording only; repeat for more.")
  var recording: [String] = []

  @Option(help: "Batches: the model's name at the endpoint. (default: the scorer's)")
  var model: String?

  @Option(help: "Batches: the endpoint's path.")
  var url = "/pooling"

  @Option(help: "Batches: the text that marks the end of a step for the reward model.")
  var mark = "<extra_0>"

  @Option(help: "The file to write; standard output without.")
  var out: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if output.json, out == nil {
      throw ValidationError("--json needs --out FILE: standard output holds the requests otherwise")
    }
  }

  func run() throws {
    var requests = ScoreRequests(store: store, scorer: scorer, channel: channel)
    requests.notation = notation
    requests.recordings = recording.isEmpty ? nil : recording
    requests.model = model
    requests.endpoint = url
    requests.mark = mark
    requests.isStopped = { Interruption.isRequested }
    let summary = try out.map { try requests.run(toFile: $0) } ?? requests.run { try Console.output($0) }
    if summary.holdingMark > 0 {
      output.notice(
        "\(summary.holdingMark.counted("rollout")) asked about: the statement or a step holds \(mark), which marks the end "
          + "of a step: the reward model will count more steps than there are; choose another mark with --mark")
    }
    guard !output.json else { return try output.printJSON(summary) }
    output.notice(
      "\(summary.requests.counted("request")) for \(summary.scores.counted("score")) of "
        + "\(summary.rollouts.counted("rollout")); scored already: \(summary.scored)")
  }
}
