import Foundation
import Testing
import Traces

@testable import TraceFormats

/// The examples of docs/formats.md are read as what their headings say.
@Suite struct DocumentationTests {
  private func examples() throws -> [(heading: String, content: String)] {
    let text = try String(contentsOf: packageRoot.appending(path: "docs/formats.md"), encoding: .utf8)
    var examples: [(String, String)] = []
    var heading = ""
    var block: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") { heading = String(line.dropFirst(3)) }
      if line == "```json" || line == "```yaml" {
        block = []
      } else if line == "```" {
        if let lines = block { examples.append((heading, lines.joined(separator: "\n") + "\n")) }
        block = nil
      } else {
        block?.append(line)
      }
    }
    return examples
  }

  @Test func everyExampleIsRecognisedAndRead() throws {
    let examples = try examples()
    for (heading, content) in examples {
      let (records, summary) = try read(text: content)
      #expect(summary.format.name == heading)
      #expect(!records.isEmpty && records.allSatisfy { !$0.rollouts.isEmpty })
    }
    let shown = Set(examples.map(\.heading))
    #expect(TraceFormat.all.map(\.name).filter { !shown.contains($0) } == ["pis"])
  }

  @Test func everyFormatHasAHeading() throws {
    let text = try String(contentsOf: packageRoot.appending(path: "docs/formats.md"), encoding: .utf8)
    for format in TraceFormat.all { #expect(text.contains("\n## \(format.name)\n")) }
  }
}
