import ArgumentParser
import Foundation
import Testing

@testable import retrace

/// Help screens are reviewed as text: each is held by a golden file in `fixtures/help`.
///
/// `RETRACE_RECORD=1 swift test --filter HelpScreenTests` writes them anew.
@Suite struct HelpScreenTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/help")

  /// All commands with their names, the root first.
  private static var commands: [(name: String, type: any ParsableCommand.Type)] {
    func below(_ command: any ParsableCommand.Type, _ path: String) -> [(String, any ParsableCommand.Type)] {
      let name = (path.isEmpty ? "" : path + "-") + (command.configuration.commandName ?? "")
      return [(name, command)] + command.configuration.subcommands.flatMap { below($0, name) }
    }
    return below(Retrace.self, "").map { (name: $0.0, type: $0.1) }
  }

  @Test func everyScreenIsAsReviewed() throws {
    for command in Self.commands {
      let screen = Retrace.helpMessage(for: command.type, columns: 80) + "\n"
      let file = Self.folder.appendingPathComponent(command.name + ".txt")
      if ProcessInfo.processInfo.environment["RETRACE_RECORD"] != nil {
        try Data(screen.utf8).write(to: file)
      }
      let expected = try String(contentsOf: file, encoding: .utf8)
      #expect(screen == expected, "the help of \(command.name) has changed; see \(file.lastPathComponent)")
    }
  }

  @Test func everyOptionSaysWhatItDoes() {
    for command in Self.commands {
      let lines = Retrace.helpMessage(for: command.type, columns: 200).split(separator: "\n")
      for (index, line) in lines.enumerated() where line.hasPrefix("  --") {
        let hasOwnText = line.count > 26
        let hasTextBelow = index + 1 < lines.count && lines[index + 1].hasPrefix("          ")
        #expect(hasOwnText || hasTextBelow, "\(command.name): \(line)")
      }
    }
  }

  @Test func everyCommandIsInTheREADME() throws {
    let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    for command in Retrace.configuration.subcommands {
      let name = command.configuration.commandName ?? ""
      #expect(readme.contains("`retrace \(name)`"), "README.md does not mention retrace \(name)")
    }
  }
}
