import Testing
import Traces

@Suite struct ExactTextTests {
  @Test func tellsEquivalentTextsApart() {
    #expect("\u{e9}" == "e\u{301}")
    #expect(ExactText("\u{e9}") != ExactText("e\u{301}"))
    #expect(Set(["\u{e9}", "e\u{301}", "\u{e9}"].map { ExactText($0) }).count == 2)
    #expect([ExactText("a"): 1]["a"] == 1)
    #expect("a".isSameText(as: "a"))
    #expect(!"a".isSameText(as: "ab"))
    let absent: String? = nil
    let empty: String? = ""
    #expect(absent.isSameText(as: absent) && !empty.isSameText(as: absent))
  }

  @Test func ordersByBytes() {
    let texts = ["e\u{301}", "\u{e9}", "z", ""].map { ExactText($0) }
    #expect(texts.sorted().map(\.text) == ["", "e\u{301}", "z", "\u{e9}"])
    #expect(texts.sorted().map { Array($0.text.utf8) }[1] == Array("e\u{301}".utf8))
  }

  @Test func recordingsAndScorersAreTheirBytes() {
    #expect(Recording(name: "\u{e9}") != Recording(name: "e\u{301}"))
    #expect(ScoreColumn(scorer: "\u{e9}", channel: .step) != ScoreColumn(scorer: "e\u{301}", channel: .step))
    #expect(
      Recording(name: "a", model: "m", temperature: 1, topP: 0.5, seed: 1, date: "d")
        == Recording(name: "a", model: "m", temperature: 1, topP: 0.5, seed: 1, date: "d"))
  }

  @Test func countsNouns() {
    #expect([0, 1, 2].map { $0.counted("rollout") } == ["0 rollouts", "1 rollout", "2 rollouts"])
  }
}
