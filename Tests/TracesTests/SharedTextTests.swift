import Testing
import Traces

@Suite("Texts in a shared block")
struct SharedTextTests {
  @Test("each has its own bytes, and knows its block from an equal one")
  func places() {
    let block = Array("one, zwölf".utf8)
    let texts = [SharedText(in: block, 0..<3), SharedText(in: block, 3..<3), SharedText(in: block, 5..<11)]
    #expect(texts.map(\.string) == ["one", "", "zwölf"])
    #expect(texts.map(\.count) == [3, 0, 6])
    #expect(texts.allSatisfy { $0.lies(in: block) })
    let equal = Array("one, zwölf".utf8)
    #expect(!texts[0].lies(in: equal))
    #expect(SharedText("zwölf").withUTF8 { Array($0) } == Array("zwölf".utf8))
  }

  @Test("a rollout's text can be replaced, whatever block it lies in")
  func replacing() {
    let block = Array("ab".utf8)
    var rollout = RolloutRecord(content: SharedText(in: block, 1..<2), stepEnds: [1])
    #expect(rollout.text == "b")
    rollout.text = "é"
    #expect(rollout.content.count == 2)
    #expect(rollout.text == "é")
  }
}
