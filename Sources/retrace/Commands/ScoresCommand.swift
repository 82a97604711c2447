import ArgumentParser
import Foundation
import Studies

/// `retrace scores`: reward-model scores of stored rollouts.
struct ScoresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scores", abstract: "Look at the reward-model scores of a store, add others, ask for others.",
    subcommands: [ScoresShowCommand.self, ScoresImportCommand.self, ScoresRequestsCommand.self])
}

/// `retrace scores show`: single steps with every scorer beside the text.
struct ScoresShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a problem's steps with every scorer beside the text.")

  @Argument(help: "The store.")
  var store: String

  @Argument(help: "The problem's key.")
  var problem: String

  @Option(help: "Show this rollout only, by its index in the recording.")
  var rollout: Int?

  @Option(help: "Show rollouts of this recording only.")
  var recording: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    var steps = try ProblemSteps(of: problem, in: store)
    steps.rollouts.removeAll { shown in
      (rollout.map { $0 != shown.index } ?? false) || (recording.map { $0 != shown.recording } ?? false)
    }
    guard !output.json else { return try output.printJSON(steps) }
    Console.outputLine("\(steps.problem): \(steps.statement ?? "")")
    if let answer = steps.answer { Console.outputLine("gold answer: \(answer)") }
    for rollout in steps.rollouts { show(rollout) }
  }

  private func show(_ rollout: ProblemSteps.Rollout) {
    let verdict = rollout.right.map { $0 ? "right" : "wrong" } ?? "no answer"
    let branch = rollout.parent.map { ", leaves \($0) after step \(rollout.parentStep ?? 0)" } ?? ""
    Console.outputLine("")
    Console.outputLine(
      "\(rollout.recording) #\(rollout.index) (\(rollout.finish)\(branch)): \(rollout.answer ?? "-"), \(verdict)")
    for (position, step) in rollout.steps.enumerated() {
      Console.outputLine("  \(position + 1). \(scores(of: step))  \(step.text.replacing("\n", with: "⏎"))")
    }
  }

  private func scores(of step: ProblemSteps.Step) -> String {
    let names = Set(step.scores.keys).union(step.prefixScores.keys).sorted()
    return names.map { name in
      let own = step.scores[name].map { "step " + Self.text(of: $0) }
      let prefix = step.prefixScores[name].map { "prefix " + Self.text(of: $0) }
      return "[\(name) " + [own, prefix].compactMap { $0 }.joined(separator: ", ") + "]"
    }.joined(separator: " ")
  }

  /// Four places; numbers that these would hide or that would fill the line as a power of ten.
  static func text(of score: Double) -> String {
    let isUsual = score == 0 || 1e-4..<1e6 ~= abs(score)
    return String(format: isUsual ? "%.4f" : "%.3e", score)
  }
}
