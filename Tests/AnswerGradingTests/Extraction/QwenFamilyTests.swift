import AnswerGrading
import Foundation
import Testing

/// The presets `sal`, `qwen` and `cot` answer what the original functions answered
/// (`fixtures/extraction/qwen-family.jsonl`, recorded by `scripts/record-qwen-extraction.py`).
struct QwenFamilyTests {
  private struct Row: Decodable {
    let text: String
    let sal: String
    let qwen: String
    let cot: String
  }

  private static let fixture = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/extraction/qwen-family.jsonl")

  private static func rows() throws -> [Row] {
    try Data(contentsOf: fixture).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  @Test func recordedAnswers() throws {
    let rows = try Self.rows()
    #expect(rows.count > 1_000)
    for row in rows {
      #expect(scalars(.sal, row.text) == Array(row.sal.unicodeScalars), "\(row.text.debugDescription)")
      #expect(scalars(.qwen, row.text) == Array(row.qwen.unicodeScalars), "\(row.text.debugDescription)")
      #expect(scalars(.cot, row.text) == Array(row.cot.unicodeScalars), "\(row.text.debugDescription)")
    }
  }

  private func scalars(_ preset: ExtractionPreset, _ text: String) -> [Unicode.Scalar] {
    Array((AnswerExtractor(preset: preset).extract(from: text) ?? "nil").unicodeScalars)
  }

  @Test func habits() {
    let sal = AnswerExtractor(preset: .sal)
    #expect(sal.extract(from: "The final answer is $3$. I hope it is correct. \\boxed{4}") == "3")
    #expect(sal.extract(from: "There are 12 ways, not 1,300.") == "1300")
    #expect(sal.extract(from: "no number") == "")
    #expect(sal.extract(from: #"\boxed{4} \boxed{}"#) == "")
    #expect(sal.extract(from: #"\boxed{\frac{1}{2"#) == #"\frac{1}{2"#)
  }
}
