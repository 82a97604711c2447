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
    var rollout = RolloutRecord(content: SharedText(in: block, 1..<2), ends: SharedNumbers([1]))
    #expect(rollout.text == "b")
    rollout.text = "é"
    #expect(rollout.content.count == 2)
    #expect(rollout.text == "é")
  }
}

@Suite("Numbers in a shared block")
struct SharedNumbersTests {
  @Test("lists lie one behind the other")
  func lists() {
    let lists = SharedNumbers.lists(in: [1, 2, 3, 4] as [Double], ends: [2, 2, 4])
    #expect(lists.map(\.numbers) == [[1, 2], [], [3, 4]])
    #expect(lists.map(\.count) == [2, 0, 2])
    #expect(lists[2].withNumbers { Array($0) } == [3, 4])
    #expect(SharedNumbers([5 as Int32]).numbers == [5])
  }

  @Test("a list for each column", arguments: [[], [[1]], [[]], [[1], [], [2, 3]]] as [[[Double]]])
  func columns(_ lists: [[Double]]) {
    var all = ScoreLists(lists)
    #expect(all.count == lists.count)
    #expect(all.lists == lists)
    #expect(lists.indices.allSatisfy { all[$0].numbers == lists[$0] })
    all.extend(to: 4)
    #expect(all.lists == lists + Array(repeating: [], count: 4 - lists.count))
    all.extend(to: 1)
    #expect(all.count == 4)
  }

  @Test("a rollout's scores and ends can be changed one by one")
  func changing() {
    let scores = SharedNumbers.lists(in: [0.1, 0.2, 0.3], ends: [1, 3])
    var rollout = RolloutRecord(
      content: SharedText("ab"), ends: SharedNumbers([1, 2]), scoreLists: ScoreLists(scores[1]))
    rollout.scores[0][1] = 0.9
    rollout.scores.append([])
    rollout.stepEnds[0] = 0
    #expect(rollout.scores == [[0.2, 0.9], []])
    #expect(rollout.stepEnds == [0, 2])
    #expect(scores[1].numbers == [0.2, 0.3])
  }
}
