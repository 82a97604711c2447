import Testing
import Traces

@Suite("Answers of a record, equal ones once")
struct GradedAnswersTests {
  private func answer(_ text: String, right: Bool = false) -> GradedAnswer {
    GradedAnswer(text: text, classKey: text, isRight: right, status: .parsed)
  }

  @Test("each text is graded once, and every rollout has its own answer")
  func gradedOnce() {
    var answers = GradedAnswers(expecting: 5)
    var graded: [String] = []
    for text in ["2", "1", nil, "2", "2"] {
      guard let text else {
        answers.addNone()
        continue
      }
      answers.add(text) {
        graded.append($0)
        return answer($0, right: $0 == "1")
      }
    }
    #expect(graded == ["2", "1"])
    #expect(answers.different == [answer("2"), answer("1", right: true)])
    #expect(answers.places == [0, 1, nil, 0, 0])
    #expect((0..<5).map { answers[$0]?.text } == ["2", "1", nil, "2", "2"])
  }

  @Test("texts that differ only in their bytes, and equal ones graded otherwise, stay apart")
  func apart() {
    let composed = answer("\u{e9}")
    let decomposed = answer("e\u{301}")
    let answers = GradedAnswers([composed, decomposed, answer("1"), answer("1", right: true), answer("1"), nil])
    #expect(answers.different.count == 5)
    #expect(answers.places == [0, 1, 2, 3, 4, nil])
    #expect(answers[3]?.isRight == true)
    #expect(answers[4]?.isRight == false)
  }
}
