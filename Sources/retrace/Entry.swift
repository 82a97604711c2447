import ArgumentParser
import Foundation
import Traces

/// The entry point: one place where errors become messages and exit codes.
@main
enum Entry {
  static func main() async {
    Interruption.listen()
    do {
      try Retrace.checkCommand(Array(CommandLine.arguments.dropFirst()))
      var command = try Retrace.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(Failure.report(error))
    }
  }
}

/// The root of the command line.
struct Retrace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retrace",
    abstract: "An offline laboratory for inference-time scaling of language models.",
    discussion: """
      Stores recorded generations and reward-model scores, re-runs search and sampling methods on them, grades math \
      answers and draws scaling curves. No GPU, no network.
      """,
    version: "0.1.0",
    subcommands: [
      IngestCommand.self, InfoCommand.self, ScoresCommand.self, ExportCommand.self, ReplayCommand.self,
      CompareCommand.self, FidelityCommand.self, WantsCommand.self, InspectCommand.self, PlotCommand.self,
      GradeCommand.self,
    ]
  )

  /// Checks that arguments begin with a command where they begin with a word.
  ///
  /// - Throws: `ValidationError` with the nearest command for another word.
  static func checkCommand(_ arguments: [String]) throws {
    let known = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = arguments.first, !word.hasPrefix("-"), !(known + ["help"]).contains(word) else { return }
    throw ValidationError(
      "there is no command '\(word)'\(NearestName.hint(word, among: known)); known are \(known.joined(separator: ", "))"
    )
  }
}
