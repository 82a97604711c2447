import AnswerGrading
import Testing

@Suite("The turn that an answer is looked for in")
struct TurnTests {
  private let extractor = AnswerExtractor()

  @Test("tags are found wherever they stand")
  func everyPlace() {
    for before in 0...80 {
      for filler in ["x", "é", "< "] {
        let start = String(repeating: filler, count: before)
        #expect(extractor.extract(from: start + #"<think>\boxed{3}</think> \boxed{4}"#) == "4")
        #expect(extractor.extract(from: start + #"\boxed{5}<|im_end|> \boxed{6}"#) == "5")
      }
    }
  }
}
