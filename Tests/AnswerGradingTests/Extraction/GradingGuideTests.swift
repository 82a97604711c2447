import AnswerGrading
import Foundation
import Testing

/// The examples of `docs/grading.md` hold.
struct GradingGuideTests {
  private static let guide = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/grading.md")

  /// The lines of the fenced blocks with a name.
  private static func lines(of name: String) throws -> [String] {
    var isInside = false
    var result: [String] = []
    for line in try String(contentsOf: guide, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```" + name
      } else if isInside {
        result.append(line)
      }
    }
    return result
  }

  @Test func extractionExamples() throws {
    let lines = try Self.lines(of: "extract")
    #expect(lines.count > 40)
    for line in lines {
      let parts = line.components(separatedBy: "  →")
      #expect(parts.count == 2)
      let expected = parts.last?.trimmingCharacters(in: .whitespaces) ?? ""
      #expect(AnswerExtractor().extract(from: parts[0]) == (expected.isEmpty ? nil : expected), "\(line)")
    }
  }

  @Test func gradingExamples() throws {
    let lines = try Self.lines(of: "grade")
    #expect(lines.count > 50)
    for line in lines {
      let isEqual = line.contains("  =  ")
      let parts = line.components(separatedBy: isEqual ? "  =  " : "  ≠  ")
      #expect(parts.count == 2)
      #expect(Grader().areEqual(gold: parts[0], answer: parts[1]) == isEqual, "\(line)")
    }
  }
}
