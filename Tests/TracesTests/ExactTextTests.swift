import Testing
import Traces

@Suite struct ExactTextTests {
  @Test func tellsEquivalentTextsApart() {
    #expect("\u{e9}" == "e\u{301}")
    #expect(ExactText("\u{e9}") != ExactText("e\u{301}"))
    let texts: Set<ExactText> = ["\u{e9}", "e\u{301}", "\u{e9}"]
    #expect(texts.count == 2)
    let numbers: [ExactText: Int] = ["a": 1]
    #expect(numbers["a"] == 1)
    #expect("a".isSameText(as: "a"))
    #expect(!"a".isSameText(as: "ab"))
    let missing: String? = nil
    let empty: String? = ""
    let isSame = (missing.isSameText(as: nil), empty.isSameText(as: nil), empty.isSameText(as: ""))
    #expect(isSame.0 && !isSame.1 && isSame.2)
  }

  @Test func ordersByBytes() {
    let texts: [ExactText] = ["e\u{301}", "\u{e9}", "z", ""]
    let sorted: [ExactText] = ["", "e\u{301}", "z", "\u{e9}"]
    #expect(texts.sorted() == sorted)
  }

  @Test func recordingsAndScorersAreTheirBytes() {
    #expect(Recording(name: "\u{e9}") != Recording(name: "e\u{301}"))
    #expect(ScoreColumn(scorer: "\u{e9}", channel: .step) != ScoreColumn(scorer: "e\u{301}", channel: .step))
    #expect(
      Recording(name: "a", model: "m", temperature: 1, topP: 0.5, seed: 1, date: "d")
        == Recording(name: "a", model: "m", temperature: 1, topP: 0.5, seed: 1, date: "d"))
  }

  @Test func countsNouns() {
    let counted = [0, 1, 2].map { (number: Int) in number.counted("rollout") }
    #expect(counted == ["0 rollouts", "1 rollout", "2 rollouts"])
  }
}
