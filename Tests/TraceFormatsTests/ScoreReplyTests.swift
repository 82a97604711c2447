import Testing
import Traces

@testable import TraceFormats

/// Replies of reward models to the requests of a batch.
@Suite struct ScoreReplyTests {
  private func name(_ channel: ScoreChannel, rollout: Int = 0, own: Int = 3) -> String {
    ScoreRequestName(
      problem: "p", recording: "r", rollout: rollout, scorer: "s", channel: channel, before: 0, own: own, check: nil
    ).text
  }

  private func reply(_ name: String, _ data: String) -> String {
    #"{"custom_id":"\#(name)","response":{"status_code":200,"body":{"data":[\#(data)]}},"error":null}"# + "\n"
  }

  private func read(
    _ text: String, _ options: ReadingOptions = ReadingOptions()
  ) throws -> (rows: [ScoreRow], skipped: Int, refusals: [UnacceptableData]) {
    let folder = try TemporaryFolder()
    var rows: [ScoreRow] = []
    let left = try ScoreFile.read(InputFile(folder.write("replies", text)), options: options) { rows += $0 }
    return (rows, left.skipped, left.refusals)
  }

  @Test func elementsCountInTheOrderOfTheirIndices() throws {
    let shuffled = #"{"index":2,"data":0.3},{"index":0,"data":0.1},{"index":1,"data":0.2}"#
    #expect(try read(reply(name(.step), shuffled)).rows.map(\.stepScores) == [[0.1, 0.2, 0.3]])
    let partly = #"{"index":2,"data":0.3},{"data":0.1},{"index":1,"data":0.2}"#
    #expect(try read(reply(name(.step), partly)).rows.map(\.stepScores) == [[0.3, 0.1, 0.2]])
  }

  @Test func anIndexTwiceIsRefused() throws {
    let twice = #"{"index":0,"score":0.3},{"index":1,"score":0.1},{"index":0,"score":0.2}"#
    let found = #expect(throws: UnacceptableData.self) { try read(reply(name(.step), twice)) }
    #expect(found?.field == "response.body.data[2].index")
    #expect(found?.line == 1)
  }

  /// Step 0 of rollout 0 was answered twice in different ways; rollout 1 once, and once again in the same way.
  @Test func aRolloutWithTwoAnswersToOneRequestIsLeftOut() throws {
    func score(_ rollout: Int, _ own: Int, _ score: Double) -> String {
      reply(name(.prefix, rollout: rollout, own: own), #"{"score":\#(score)}"#)
    }
    let text = score(0, 0, 0.4) + score(1, 0, 0.25) + score(0, 0, 0.5) + score(0, 1, 0.2) + score(1, 0, 0.25)
    #expect(throws: UnacceptableData.self) { try read(text) }
    let (rows, skipped, refusals) = try read(text, ReadingOptions(skipInvalid: true))
    #expect(rows.map(\.rollout) == [1])
    #expect(rows.map(\.prefixScores) == [[0.25]])
    #expect(skipped == 1)
    #expect(refusals.map(\.line) == [3])
    #expect(refusals.first?.found == "a second score of step 0 of rollout 0")
  }
}
