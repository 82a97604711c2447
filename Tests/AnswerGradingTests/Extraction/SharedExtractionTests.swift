import AnswerGrading
import Foundation
import Testing

/// The labelled extractions of the project's shared cases, where they are at hand: at least 98 % right by the grader's
/// equality.
struct SharedExtractionTests {
  private struct Row: Decodable {
    let id: String
    let text: String
    let expectedAnswer: String?
    let kind: String

    enum CodingKeys: String, CodingKey {
      case id, text, kind
      case expectedAnswer = "expected_answer"
    }
  }

  private static let file: URL? = {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared = ProcessInfo.processInfo.environment["RETRACE_SHARED"].map { URL(fileURLWithPath: $0) }
    let file = (shared ?? package.deletingLastPathComponent().appendingPathComponent("shared"))
      .appendingPathComponent("cases/extraction.jsonl")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()

  @Test(.enabled(if: file != nil, "the shared cases are not on this machine"))
  func labelledTexts() throws {
    let data = try Data(contentsOf: #require(Self.file))
    let rows = try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Row.self, from: $0) }
    let wrong = rows.filter { !isRight($0) }
    #expect(Double(wrong.count) <= 0.02 * Double(rows.count), "\(wrong.map { "\($0.id) \($0.kind)" })")
  }

  private func isRight(_ row: Row) -> Bool {
    let answer = AnswerExtractor().extract(from: row.text)
    guard let answer, let expected = row.expectedAnswer else { return answer == row.expectedAnswer }
    return Grader().areEqual(gold: expected, answer: answer)
  }
}
